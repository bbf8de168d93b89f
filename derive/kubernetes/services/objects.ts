import type { PlatformShape, ServiceShape } from '@knowton/core'
import type { IConfigMap, IService, IServiceAccount } from 'kubernetes-models/v1'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { labelsOf, type Manifest } from '../manifest.ts'
import { servicePodLabels } from '../names.ts'
import { podDisruptionBudget } from '../parts/disruption.ts'
import { worksIdentities } from '../systems/object-store/identities.ts'
import { identityAnnotations } from '../workload-identity.ts'
import { plainSettings } from './settings.ts'

const metadata = (environment: ClusterEnvironment, { name }: ServiceShape) => ({
  name,
  namespace: environment.namespaces.apps,
  labels: { ...labelsOf(name) },
})

/** The settings of a service that hold no secret. */
export const serviceConfigMap = (environment: ClusterEnvironment, service: ServiceShape) =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(environment, service),
    data: { ...plainSettings(environment, service) },
  }) satisfies IConfigMap

/** Who the pods of a service are; with the cloud role that opens the bucket to those that keep files. */
export const serviceServiceAccount = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
  service: ServiceShape,
) => {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      ...metadata(environment, service),
      ...identityAnnotations(environment, worksIdentities({ platform, environment }), service.name),
    },
    automountServiceAccountToken: false,
  } satisfies IServiceAccount
}

/** Where the gateway finds a service. */
export const serviceService = (environment: ClusterEnvironment, service: ServiceShape) =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(environment, service),
    spec: {
      type: 'ClusterIP',
      selector: servicePodLabels(service.name),
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    },
  }) satisfies IService

/** Nodes are drained one pod of a service at a time; that of a service of one process stands elsewhere a moment later. */
export const serviceDisruptionBudget = (environment: ClusterEnvironment, service: ServiceShape) =>
  podDisruptionBudget(metadata(environment, service), servicePodLabels(service.name))

/** How Prometheus finds the metrics of a service's pods. */
export const servicePodMonitor = (environment: ClusterEnvironment, service: ServiceShape): Manifest => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: metadata(environment, service),
  spec: {
    jobLabel: 'app.kubernetes.io/name',
    selector: { matchLabels: servicePodLabels(service.name) },
    podMetricsEndpoints: [{ port: 'http', path: '/metrics', interval: '15s' }],
  },
})
