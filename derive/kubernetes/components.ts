import type { PlatformShape } from '@knowton/core'
import { appComponents } from './apps/components.ts'
import type { ClusterEnvironment } from './cluster-environment.ts'
import { dataComponents } from './data/components.ts'
import type { Component } from './manifest.ts'
import { monitoringComponents } from './monitoring/components.ts'
import { platformComponents } from './platform/components.ts'

/** Everything that one cluster gets, in the order of its groups. */
export const components = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] => [
  ...platformComponents(platform, environment),
  ...dataComponents(platform, environment),
  ...appComponents(platform, environment),
  ...monitoringComponents(platform, environment),
]
