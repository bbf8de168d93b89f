import type { Rule } from '../../types.ts'
import { autoscalerBlind, autoscalersCollide, replicasFixed } from './autoscalers.ts'
import { configChecksumMissing } from './config-checksum-missing.ts'
import { disruptionBudgetBlocks, disruptionBudgetMissing, disruptionBudgetsOverlap } from './disruption-budgets.ts'
import { gpuSurge } from './gpu-surge.ts'
import { gracePeriodShort, jobDeadlineMissing, jobTtlMissing } from './lifetimes.ts'
import { mountHides } from './mount-hides.ts'
import { portUnnamed } from './port-unnamed.ts'
import { probesIdentical, probesMissing } from './probes.ts'
import { limitBelowRequest, resourcesMissing } from './resources.ts'
import { spreadMissing } from './spread-missing.ts'

export const podsRules: readonly Rule[] = [
  probesMissing,
  probesIdentical,
  resourcesMissing,
  limitBelowRequest,
  disruptionBudgetMissing,
  disruptionBudgetBlocks,
  disruptionBudgetsOverlap,
  spreadMissing,
  replicasFixed,
  autoscalersCollide,
  autoscalerBlind,
  gracePeriodShort,
  jobTtlMissing,
  jobDeadlineMissing,
  gpuSurge,
  configChecksumMissing,
  mountHides,
  portUnnamed,
]
