import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { flows } from '../flows.ts'
import type { Component } from '../manifest.ts'
import { networkPolicies } from './network-policies.ts'

/** The components of the group `platform`. */
export const platformComponents = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] => [
  networkPolicies(environment, flows(platform, environment)),
]
