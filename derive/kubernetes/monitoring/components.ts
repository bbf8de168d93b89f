import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Component } from '../manifest.ts'

/** The components of the group `monitoring`. */
export const monitoringComponents = (
  _platform: PlatformShape,
  _environment: ClusterEnvironment,
): readonly Component[] => []
