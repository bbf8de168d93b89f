import type { PlatformShape } from '@knowton/core'
import { routeFaults } from './route-faults.ts'
import { serviceFaults } from './service-faults.ts'
import { topicFaults } from './topic-faults.ts'

/** What is wrong with the declaration, in plain sentences; empty when it is sound. */
export const faults = (platform: PlatformShape): readonly string[] => [
  ...serviceFaults(platform),
  ...topicFaults(platform),
  ...routeFaults(platform),
]
