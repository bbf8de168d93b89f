import type { ServiceShape } from '@knowton/core'
import { authority } from '../addresses.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { labelsOf, type Manifest } from '../manifest.ts'
import { CPU_UTILIZATION, scalingBehavior } from '../parts/autoscaling.ts'
import { prometheusAddress } from '../systems/prometheus/names.ts'
import { wave } from './waves.ts'

/** Facts waiting per pod above which another pod is added: what one applies in a few seconds. */
const LAG_PER_POD = 1000

/**
 * What decides how many pods a service has: its processors, and for a service that hears topics also how many facts wait
 * for it. Facts are read from the publishers' logs in PostgreSQL, so Kafka knows no lag of theirs; the services tell it
 * themselves as `events_lag`, every process that of the whole service. Pods share the work by publisher, not by
 * partition. A service of one process has no autoscaler.
 */
export const serviceScaling = (environment: ClusterEnvironment, service: ServiceShape): readonly Manifest[] => {
  if (service.instances === 'one') return []
  return Object.keys(service.consumes).length === 0
    ? [horizontalPodAutoscaler(environment, service)]
    : [scaledObject(environment, service)]
}

const metadata = (environment: ClusterEnvironment, service: ServiceShape): Manifest['metadata'] => ({
  name: service.name,
  namespace: environment.namespaces.apps,
  labels: labelsOf(service.name),
  annotations: wave('run'),
})

const horizontalPodAutoscaler = (environment: ClusterEnvironment, service: ServiceShape): Manifest => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: metadata(environment, service),
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: service.name },
    minReplicas: environment.sizes[service.size].minReplicas,
    maxReplicas: environment.sizes[service.size].maxReplicas,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: CPU_UTILIZATION } },
      },
    ],
    behavior: scalingBehavior,
  },
})

const scaledObject = (environment: ClusterEnvironment, service: ServiceShape): Manifest => {
  const { minReplicas, maxReplicas } = environment.sizes[service.size]
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: metadata(environment, service),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: service.name },
      minReplicaCount: minReplicas,
      maxReplicaCount: maxReplicas,
      pollingInterval: 30,
      fallback: { failureThreshold: 3, replicas: minReplicas, behavior: 'currentReplicasIfHigher' },
      advanced: { horizontalPodAutoscalerConfig: { behavior: scalingBehavior } },
      triggers: [
        { type: 'cpu', metricType: 'Utilization', metadata: { value: String(CPU_UTILIZATION) } },
        {
          type: 'prometheus',
          metadata: {
            serverAddress: `http://${authority(prometheusAddress(environment))}`,
            query: lagQuery(environment, service),
            threshold: String(LAG_PER_POD),
            ignoreNullValues: 'false',
          },
        },
      ],
    },
  }
}

const lagQuery = ({ namespaces }: ClusterEnvironment, service: ServiceShape): string =>
  `sum(max by (topic) (events_lag{namespace="${namespaces.apps}",service="${service.name}"}))`
