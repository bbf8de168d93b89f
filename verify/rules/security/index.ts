import type { Rule } from '../../types.ts'
import { podSecurityUnlabelled, podSecurityUnpinned } from './pod-security-namespaces.ts'
import { podSecurityViolated } from './pod-security-violated.ts'
import { podUnhardened } from './pod-unhardened.ts'
import { roleTooWide } from './role-too-wide.ts'
import { rootFilesystemWritable } from './root-filesystem-writable.ts'
import { secretLiteral } from './secret-literal.ts'
import { tokenMounted } from './token-mounted.ts'
import { userNotNumeric } from './user-not-numeric.ts'

/** Rules on what pods and people may do. */
export const securityRules: readonly Rule[] = [
  podSecurityViolated,
  podSecurityUnlabelled,
  podSecurityUnpinned,
  podUnhardened,
  userNotNumeric,
  rootFilesystemWritable,
  tokenMounted,
  secretLiteral,
  roleTooWide,
]
