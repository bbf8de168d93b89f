import type { Rule } from '../../types.ts'
import { claimShared } from './claim-shared.ts'
import { claimsDeleted, storageClassImplicit } from './claims-of-sets.ts'
import { storageClassUnsafe } from './storage-class-unsafe.ts'
import { volumeUnwritable } from './volume-unwritable.ts'

/** Rules on volumes. */
export const storageRules: readonly Rule[] = [
  claimShared,
  volumeUnwritable,
  storageClassUnsafe,
  storageClassImplicit,
  claimsDeleted,
]
