import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Component } from '../manifest.ts'

/** The components of the group `data`. */
export const dataComponents = (_platform: PlatformShape, _environment: ClusterEnvironment): readonly Component[] => []
