import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { names } from '../../names.ts'
import { antiAffinityOf, CRITICAL_PRIORITY, resourcesOf } from '../../parts/pod.ts'
import { KAFKA } from './names.ts'
import { securedContainer, strimziPod } from './pod-template.ts'

/** A broker hands over its partitions one after the other before it stops. */
const STOP_SECONDS = 120

/** The controllers, which keep the metadata, and the brokers, which keep the records. */
export const kafkaNodePools = (environment: ClusterEnvironment): readonly Manifest[] => {
  const { kafka } = environment
  return [
    nodePool(environment, 'controller', {
      replicas: kafka.controllers,
      roles: ['controller'],
      storage: storage(kafka.controllerStorage),
      resources: resourcesOf(kafka.controller),
    }),
    nodePool(environment, 'broker', {
      replicas: kafka.brokers,
      roles: ['broker'],
      storage: storage(kafka.brokerStorage),
      resources: resourcesOf(kafka.broker),
      jvmOptions: { '-Xms': kafka.heap, '-Xmx': kafka.heap },
    }),
  ]
}

const nodePool = (
  environment: ClusterEnvironment,
  name: string,
  spec: Readonly<Record<string, unknown>>,
): Manifest => ({
  apiVersion: 'kafka.strimzi.io/v1',
  kind: 'KafkaNodePool',
  metadata: {
    name,
    namespace: environment.namespaces.data,
    labels: { ...labelsOf('kafka', name), 'strimzi.io/cluster': KAFKA.names.cluster },
    annotations: NEVER_PRUNED,
  },
  spec: {
    ...spec,
    template: {
      pod: strimziPod(
        environment,
        'data',
        { 'strimzi.io/cluster': KAFKA.names.cluster, 'strimzi.io/pool-name': name },
        { apart: antiAffinityOf(environment), priority: CRITICAL_PRIORITY, stopSeconds: STOP_SECONDS },
      ),
      kafkaContainer: securedContainer(),
      initContainer: securedContainer(),
    },
  },
})

const storage = (size: string) => ({
  type: 'jbod',
  volumes: [
    {
      id: 0,
      type: 'persistent-claim',
      size,
      class: names.storageClass,
      deleteClaim: false,
      kraftMetadata: 'shared',
    },
  ],
})
