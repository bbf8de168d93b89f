import type { IService } from 'kubernetes-models/v1'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Component, labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { PROMETHEUS_SERVICE } from '../../monitoring/service-names.ts'
import { podDisruptionBudget } from '../../parts/disruption.ts'
import { placement, podSecurity, resourcesOf, STANDARD_PRIORITY, spread } from '../../parts/pod.ts'
import { claimTemplate } from '../../parts/volumes.ts'
import type { Cluster } from '../system.ts'
import { access } from './access.ts'
import { PROMETHEUS } from './names.ts'

/** The uid of `nobody` in the images of the Prometheus project. */
export const NOBODY = 65_534

/** Two Prometheis that each scrape everything and keep it on a volume of their own. */
export const prometheusComponent = (cluster: Cluster): Component => {
  const { environment } = cluster
  return {
    name: 'prometheus',
    group: 'monitoring',
    files: {
      access: access(cluster),
      prometheus: [server(environment)],
      service: [service(environment)],
      'disruption-budget': [disruptionBudget(environment)],
    },
  }
}

const metadata = ({ namespaces }: ClusterEnvironment, name: string) => ({
  name,
  namespace: namespaces.monitoring,
  labels: { ...labelsOf('prometheus') },
})

const server = (environment: ClusterEnvironment): Manifest => {
  const { monitoring, namespaces, images, versions } = environment
  const everywhere = {
    matchExpressions: [
      {
        key: 'kubernetes.io/metadata.name',
        operator: 'In',
        values: [namespaces.apps, namespaces.data, namespaces.monitoring],
      },
    ],
  }
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { ...metadata(environment, PROMETHEUS.names.prometheus), annotations: NEVER_PRUNED },
    spec: {
      version: versions.prometheus,
      image: images.prometheus,
      imagePullPolicy: 'IfNotPresent',
      replicas: monitoring.prometheusReplicas,
      retention: monitoring.prometheusRetention,
      retentionSize: monitoring.prometheusRetentionSize,
      scrapeInterval: '15s',
      evaluationInterval: '15s',
      externalLabels: { cluster: environment.name },
      replicaExternalLabelName: 'replica',
      enableAdminAPI: false,
      walCompression: true,
      // the operator tells it by a signal: no /-/reload and no /-/quit for whoever reaches the port
      reloadStrategy: 'ProcessSignal',
      enableServiceLinks: false,
      podMonitorSelector: {},
      podMonitorNamespaceSelector: everywhere,
      serviceMonitorSelector: {},
      serviceMonitorNamespaceSelector: everywhere,
      ruleSelector: {},
      ruleNamespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespaces.monitoring } },
      alerting: {
        alertmanagers: [
          { namespace: namespaces.monitoring, name: 'alertmanager-operated', port: 'web', apiVersion: 'v2' },
        ],
      },
      serviceAccountName: PROMETHEUS_SERVICE,
      storage: { volumeClaimTemplate: claimTemplate(monitoring.prometheusStorage) },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      resources: resourcesOf(monitoring.prometheus),
      securityContext: podSecurity(NOBODY),
      priorityClassName: STANDARD_PRIORITY,
      terminationGracePeriodSeconds: 600,
      podMetadata: { labels: { ...labelsOf('prometheus') } },
      ...placement(environment, 'general-purpose'),
      ...spread(PROMETHEUS.pods.prometheus, monitoring.prometheusReplicas > 1 ? 'always' : 'preferred'),
    },
  }
}

/** One address for what asks Prometheus; who asked one replica asks it again, so that graphs do not flicker. */
const service = (environment: ClusterEnvironment) =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(environment, PROMETHEUS_SERVICE),
    spec: {
      type: 'ClusterIP',
      selector: { ...PROMETHEUS.pods.prometheus },
      sessionAffinity: 'ClientIP',
      ports: [
        { name: 'web', port: PROMETHEUS.ports.prometheus, targetPort: 'web', protocol: 'TCP', appProtocol: 'http' },
      ],
    },
  }) satisfies IService

const disruptionBudget = (environment: ClusterEnvironment) =>
  podDisruptionBudget(metadata(environment, 'prometheus'), PROMETHEUS.pods.prometheus)
