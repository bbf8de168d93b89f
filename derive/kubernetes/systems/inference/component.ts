import type { PlatformShape } from '@knowton/core'
import type { IConfigMap, IService, IServiceAccount } from 'kubernetes-models/v1'
import { authority } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Component, labelsOf, type Manifest } from '../../manifest.ts'
import { scalingBehavior } from '../../parts/autoscaling.ts'
import { podDisruptionBudget } from '../../parts/disruption.ts'
import { identityAnnotations } from '../../workload-identity.ts'
import { prometheusAddress } from '../prometheus/names.ts'
import type { CloudIdentity } from '../system.ts'
import type { InferenceBackend } from './backend.ts'
import { hasConfig, inferenceDeployment } from './deployment.ts'
import { INFERENCE } from './names.ts'
import { torchserve } from './torchserve.ts'
import { triton } from './triton.ts'

/** Requests that wait per server above which another one is added. */
const WAITING_PER_POD = 2

/** The servers of models, none when no service needs inference. */
export const inferenceComponent = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] => {
  if (!Object.values(platform.services).some(({ needs }) => needs.includes('inference'))) return []
  const { backend: kind, gpus, modelStorage } = environment.inference
  const backend = kind === 'torchserve' ? torchserve(gpus, modelStorage) : triton()
  return [
    {
      name: 'inference',
      group: 'apps',
      files: {
        'service-account': [serviceAccount(environment)],
        ...(hasConfig(backend) ? { config: [configMap(environment, backend)] } : {}),
        deployment: [inferenceDeployment(environment, backend)],
        service: [service(environment)],
        availability: [disruptionBudget(environment), scaledObject(environment, backend)],
        monitoring: [podMonitor(environment)],
      },
    },
  ]
}

const metadata = ({ namespaces }: ClusterEnvironment, name: string = INFERENCE.names.deployment) => ({
  name,
  namespace: namespaces.apps,
  labels: { ...labelsOf('inference', INFERENCE.names.deployment) },
})

const serviceAccount = (environment: ClusterEnvironment) => {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      ...metadata(environment),
      ...identityAnnotations(environment, modelIdentities({ environment }), INFERENCE.names.deployment),
    },
    automountServiceAccountToken: false,
  } satisfies IServiceAccount
}

/** The role that reads the models. */
export const modelIdentities = ({
  environment,
}: {
  readonly environment: ClusterEnvironment
}): readonly CloudIdentity[] => [
  {
    name: 'models',
    namespace: environment.namespaces.apps,
    serviceAccounts: [INFERENCE.names.deployment],
    bucket: 'models',
    prefix: '',
    access: 'read',
  },
]

const configMap = (environment: ClusterEnvironment, { config }: InferenceBackend) =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(environment), data: { ...config } }) satisfies IConfigMap

const service = (environment: ClusterEnvironment) =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(environment, INFERENCE.names.service),
    spec: {
      type: 'ClusterIP',
      selector: INFERENCE.pods.servers,
      ports: [{ name: 'http', port: INFERENCE.ports.http, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    },
  }) satisfies IService

const disruptionBudget = (environment: ClusterEnvironment) =>
  podDisruptionBudget(metadata(environment), INFERENCE.pods.servers)

/** By how many requests wait: a GPU is full long before the processors beside it are. */
const scaledObject = (environment: ClusterEnvironment, backend: InferenceBackend): Manifest => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: metadata(environment),
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: INFERENCE.names.deployment },
    minReplicaCount: environment.inference.replicas,
    maxReplicaCount: environment.inference.maxReplicas,
    pollingInterval: 30,
    fallback: {
      failureThreshold: 3,
      replicas: environment.inference.replicas,
      behavior: 'currentReplicasIfHigher',
    },
    advanced: { horizontalPodAutoscalerConfig: { behavior: scalingBehavior } },
    triggers: [
      {
        type: 'prometheus',
        metadata: {
          serverAddress: `http://${authority(prometheusAddress(environment))}`,
          query: backend.waiting(environment.namespaces.apps),
          threshold: String(WAITING_PER_POD),
        },
      },
    ],
  },
})

const podMonitor = (environment: ClusterEnvironment): Manifest => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: metadata(environment),
  spec: {
    jobLabel: 'app.kubernetes.io/name',
    selector: { matchLabels: INFERENCE.pods.servers },
    podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '15s' }],
  },
})
