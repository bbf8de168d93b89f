import type { Rule } from '../../types.ts'
import { capacityExceeded } from './capacity-exceeded.ts'
import { limitOverNode } from './limit-over-node.ts'
import { podUnschedulable } from './pod-unschedulable.ts'
import { poolUnused, taintUnmatched } from './pools-and-pods.ts'

export const capacityRules: readonly Rule[] = [
  podUnschedulable,
  limitOverNode,
  capacityExceeded,
  taintUnmatched,
  poolUnused,
]
