import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Component, labelsOf, type Manifest } from '../../manifest.ts'
import { CRUISE_CONTROL_METRICS, kafkaCluster } from './cluster.ts'
import { hasCruiseControl } from './cruise-control.ts'
import { kafkaNodePools } from './node-pools.ts'
import { kafkaTopics } from './topics.ts'
import { kafkaUsers } from './users.ts'

/** Kafka: the cluster, a topic for each declared one, and a user for each service that speaks to it. */
export const kafkaComponent = (platform: PlatformShape, environment: ClusterEnvironment): Component => ({
  name: 'kafka',
  group: 'data',
  files: {
    cluster: [kafkaCluster(platform, environment)],
    'node-pools': kafkaNodePools(environment),
    ...(hasCruiseControl(environment) ? { metrics: [cruiseControlMetrics(environment)] } : {}),
    topics: kafkaTopics(platform, environment),
    users: kafkaUsers(platform, environment),
  },
})

const cruiseControlMetrics = ({ namespaces }: ClusterEnvironment): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: CRUISE_CONTROL_METRICS, namespace: namespaces.data, labels: labelsOf('kafka') },
  data: {
    'metrics-config.yml': [
      'lowercaseOutputName: true',
      'rules:',
      '  - pattern: kafka.cruisecontrol<name=(.+)><>(\\w+)',
      '    name: kafka_cruisecontrol_$1_$2',
      '    type: GAUGE',
      '',
    ].join('\n'),
  },
})
