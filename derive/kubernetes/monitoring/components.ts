import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Component } from '../manifest.ts'
import { grafana } from '../systems/grafana/grafana.ts'
import { alertmanager } from '../systems/prometheus/alertmanager.ts'
import { prometheus } from '../systems/prometheus/prometheus.ts'
import { ruleObjects } from './rules/rule-files.ts'
import { monitors } from './targets/component.ts'

/** The components of the group `monitoring`. */
export const monitoringComponents = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
): readonly Component[] => [
  prometheus(environment),
  alertmanager(platform, environment),
  monitors(environment),
  grafana(platform, environment),
  { name: 'rules', group: 'monitoring', files: ruleObjects(platform, environment) },
]
