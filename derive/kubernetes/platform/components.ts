import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Component } from '../manifest.ts'

/** The components of the group `platform`. */
export const platformComponents = (
  _platform: PlatformShape,
  _environment: ClusterEnvironment,
): readonly Component[] => []
