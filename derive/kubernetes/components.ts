import type { PlatformShape } from '@knowton/core'
import { appComponents } from './apps/components.ts'
import type { ClusterEnvironment } from './cluster-environment.ts'
import { dataComponents } from './data/components.ts'
import type { Component } from './manifest.ts'
import { monitoringComponents } from './monitoring/components.ts'
import { platformComponents } from './platform/components.ts'

/**
 * Everything that one cluster gets, in the order of its groups. What comes first in `platform` is needed by what follows;
 * within the other groups nothing waits for anything, so they are in the order of their names.
 */
export const components = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] => [
  ...platformComponents(platform, environment),
  ...dataComponents(platform, environment).toSorted(byName),
  ...appComponents(platform, environment).toSorted(byName),
  ...monitoringComponents(platform, environment).toSorted(byName),
]

const byName = (one: Component, other: Component): number => (one.name < other.name ? -1 : 1)
