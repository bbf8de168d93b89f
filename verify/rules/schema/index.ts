import type { Rule } from '../../types.ts'
import { apiUnknown } from './api-unknown.ts'
import { fieldInvalid } from './field-invalid.ts'
import { fieldMissing } from './field-missing.ts'
import { fieldUnknown } from './field-unknown.ts'
import { nameInvalid } from './name-invalid.ts'
import { namespaceMissing } from './namespace-missing.ts'
import { objectDuplicate } from './object-duplicate.ts'

/** Rules on what the API server takes at all. */
export const schemaRules: readonly Rule[] = [
  apiUnknown,
  fieldUnknown,
  fieldInvalid,
  fieldMissing,
  objectDuplicate,
  nameInvalid,
  namespaceMissing,
]
