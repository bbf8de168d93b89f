import type { IStatefulSet } from 'kubernetes-models/apps/v1'
import type { IService } from 'kubernetes-models/v1'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Component, labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { storeAccount } from '../../parts/accounts.ts'
import { podDisruptionBudget } from '../../parts/disruption.ts'
import { antiAffinityOf, CRITICAL_PRIORITY, placement, podSecurity, spread } from '../../parts/pod.ts'
import { claimTemplate } from '../../parts/volumes.ts'
import { externalSecret } from '../../secrets/external-secret.ts'
import { cloudPodLabels } from '../../workload-identity.ts'
import { objectStoreTrust } from '../object-store/trust.ts'
import { backupJob } from './backup.ts'
import { weaviateContainer } from './container.ts'
import { WEAVIATE } from './names.ts'
import { WEAVIATE_HEADLESS, WEAVIATE_SECRET, WEAVIATE_UID, weaviatePorts } from './settings.ts'

/** Weaviate: replicas that agree by Raft on what there is, and keep each object on as many of them as there are. */
export const weaviateComponent = (environment: ClusterEnvironment): Component => ({
  name: 'weaviate',
  group: 'data',
  files: {
    secrets: [credentials(environment)],
    'service-account': [
      storeAccount(environment, { name: WEAVIATE.names.weaviate, component: 'weaviate', identity: 'weaviate' }),
    ],
    services: [clientService(environment), headlessService(environment)],
    'stateful-set': [replicas(environment), disruptionBudget(environment)],
    backup: [backupJob(environment)],
  },
})

const credentials = (environment: ClusterEnvironment): Manifest =>
  externalSecret(environment, {
    name: WEAVIATE_SECRET,
    namespace: environment.namespaces.data,
    component: 'weaviate',
    from: {
      apiKey: { entry: 'weaviate', property: 'apiKey' },
      clusterPassword: { entry: 'weaviate', property: 'clusterPassword' },
      ...(environment.weaviate.openai ? { openaiApiKey: { entry: 'openai', property: 'apiKey' } } : {}),
    },
  })

const clientService = ({ namespaces }: ClusterEnvironment) =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: WEAVIATE.names.weaviate, namespace: namespaces.data, labels: labelsOf('weaviate') },
    spec: {
      type: 'ClusterIP',
      selector: WEAVIATE.pods.replicas,
      ports: [
        { name: 'http', port: weaviatePorts.http, targetPort: 'http', appProtocol: 'http' },
        { name: 'grpc', port: weaviatePorts.grpc, targetPort: 'grpc', appProtocol: 'kubernetes.io/h2c' },
      ],
    },
  }) satisfies IService

/** Replicas find one another before they are ready: readiness is theirs to agree on. */
const headlessService = ({ namespaces }: ClusterEnvironment) =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: WEAVIATE_HEADLESS, namespace: namespaces.data, labels: labelsOf('weaviate', WEAVIATE_HEADLESS) },
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: WEAVIATE.pods.replicas,
      ports: [
        { name: 'gossip', port: weaviatePorts.gossip, targetPort: 'gossip', protocol: 'TCP' },
        { name: 'gossip-udp', port: weaviatePorts.gossip, targetPort: 'gossip-udp', protocol: 'UDP' },
        { name: 'data', port: weaviatePorts.data, targetPort: 'data' },
        { name: 'raft', port: weaviatePorts.raft, targetPort: 'raft' },
        { name: 'raft-rpc', port: weaviatePorts.raftRpc, targetPort: 'raft-rpc' },
      ],
    },
  }) satisfies IService

const replicas = (environment: ClusterEnvironment) =>
  ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: WEAVIATE.names.weaviate,
      namespace: environment.namespaces.data,
      labels: labelsOf('weaviate'),
      annotations: NEVER_PRUNED,
    },
    spec: {
      serviceName: WEAVIATE_HEADLESS,
      replicas: environment.weaviate.replicas,
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate' },
      revisionHistoryLimit: 3,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      selector: { matchLabels: WEAVIATE.pods.replicas },
      template: {
        metadata: { labels: { ...labelsOf('weaviate'), ...WEAVIATE.pods.replicas, ...cloudPodLabels(environment) } },
        spec: {
          serviceAccountName: WEAVIATE.names.weaviate,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: podSecurity(WEAVIATE_UID),
          priorityClassName: CRITICAL_PRIORITY,
          // it hands over its part and writes what it holds in memory
          terminationGracePeriodSeconds: 600,
          ...placement(environment, 'data'),
          ...spread(WEAVIATE.pods.replicas, antiAffinityOf(environment)),
          containers: [weaviateContainer(environment)],
          volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }, ...objectStoreTrust(environment).volumes],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'weaviate-data' }, ...claimTemplate(environment.weaviate.storage) }],
    },
  }) satisfies IStatefulSet

const disruptionBudget = ({ namespaces }: ClusterEnvironment) =>
  podDisruptionBudget(
    { name: WEAVIATE.names.weaviate, namespace: namespaces.data, labels: labelsOf('weaviate') },
    WEAVIATE.pods.replicas,
  )
