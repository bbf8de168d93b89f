import type { Rule } from '../../types.ts'
import {
  torchserveConfigIgnored,
  torchserveDeathUnnoticed,
  torchserveEnvironmentIgnored,
  torchserveManagementExposed,
  torchserveTokensOff,
  torchserveUnmaintained,
} from './torchserve-settings.ts'

export const inferenceRules: readonly Rule[] = [
  torchserveConfigIgnored,
  torchserveEnvironmentIgnored,
  torchserveManagementExposed,
  torchserveTokensOff,
  torchserveDeathUnnoticed,
  torchserveUnmaintained,
]
