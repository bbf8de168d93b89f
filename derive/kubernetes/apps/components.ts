import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Component } from '../manifest.ts'

/** The components of the group `apps`. */
export const appComponents = (_platform: PlatformShape, _environment: ClusterEnvironment): readonly Component[] => []
