import type { Rule } from '../../types.ts'
import { flowBlocked } from './flow-blocked.ts'
import { flowUndeclared } from './flow-undeclared.ts'
import { defaultDenyMissing, dnsBlocked, podsUnreachable } from './isolation.ts'
import { policyPeerSelectsNothing, policySelectsNothing } from './selectors.ts'

/** Rules on what network policies let through and stop. */
export const networkRules: readonly Rule[] = [
  policySelectsNothing,
  policyPeerSelectsNothing,
  defaultDenyMissing,
  dnsBlocked,
  podsUnreachable,
  flowBlocked,
  flowUndeclared,
]
