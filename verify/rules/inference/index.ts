import type { Rule } from '../../types.ts'
import {
  torchserveConfigIgnored,
  torchserveDeathUnnoticed,
  torchserveEnvironmentIgnored,
  torchserveManagementExposed,
  torchserveTokensOff,
  torchserveUnmaintained,
} from './torchserve-settings.ts'

/** Rules on inference. */
export const inferenceRules: readonly Rule[] = [
  torchserveConfigIgnored,
  torchserveEnvironmentIgnored,
  torchserveManagementExposed,
  torchserveTokensOff,
  torchserveDeathUnnoticed,
  torchserveUnmaintained,
]
