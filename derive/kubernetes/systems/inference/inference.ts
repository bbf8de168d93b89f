import type { PlatformShape } from '@knowton/core'
import type { IConfigMap, IService, IServiceAccount } from 'kubernetes-models/v1'
import { addresses, authority } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { ports } from '../../flows/ports.ts'
import { type Component, labelsOf, type Manifest } from '../../manifest.ts'
import { names, podLabels } from '../../names.ts'
import { scalingBehavior } from '../../parts/autoscaling.ts'
import { oneAtATime } from '../../parts/pod-owned.ts'
import { cloudIdentities, serviceAccountAnnotations } from '../../workload-identity.ts'
import type { InferenceBackend } from './backend.ts'
import { hasConfig, inferenceDeployment } from './deployment.ts'
import { torchserve } from './torchserve.ts'
import { triton } from './triton.ts'

/** Requests that wait per server above which another one is added. */
const WAITING_PER_POD = 2

/** The servers of models, none when no service needs inference. */
export const inference = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] => {
  if (!Object.values(platform.services).some(({ needs }) => needs.includes('inference'))) return []
  const { backend: kind, gpus, modelStorage } = environment.inference
  const backend = kind === 'torchserve' ? torchserve(gpus, modelStorage) : triton()
  return [
    {
      name: 'inference',
      group: 'apps',
      files: {
        'service-account': [serviceAccount(platform, environment)],
        ...(hasConfig(backend) ? { config: [configMap(environment, backend)] } : {}),
        deployment: [inferenceDeployment(environment, backend)],
        service: [service(environment)],
        availability: [disruptionBudget(environment), scaledObject(environment, backend)],
        monitoring: [podMonitor(environment)],
      },
    },
  ]
}

const metadata = ({ namespaces }: ClusterEnvironment, name: string = names.inference) => ({
  name,
  namespace: namespaces.apps,
  labels: { ...labelsOf('inference', names.inference) },
})

const serviceAccount = (platform: PlatformShape, environment: ClusterEnvironment) => {
  const role = cloudIdentities(platform, environment).find(({ serviceAccounts }) =>
    serviceAccounts.includes(names.inference),
  )
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      ...metadata(environment),
      ...(role === undefined ? {} : { annotations: { ...serviceAccountAnnotations(environment, role.name) } }),
    },
    automountServiceAccountToken: false,
  } satisfies IServiceAccount
}

const configMap = (environment: ClusterEnvironment, { config }: InferenceBackend) =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(environment), data: { ...config } }) satisfies IConfigMap

const service = (environment: ClusterEnvironment) =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(environment, names.inferenceService),
    spec: {
      type: 'ClusterIP',
      selector: podLabels.inference,
      ports: [{ name: 'http', port: ports.inference, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    },
  }) satisfies IService

const disruptionBudget = (environment: ClusterEnvironment) => oneAtATime(metadata(environment), podLabels.inference)

/** By how many requests wait: a GPU is full long before the processors beside it are. */
const scaledObject = (environment: ClusterEnvironment, backend: InferenceBackend): Manifest => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: metadata(environment),
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: names.inference },
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
          serverAddress: `http://${authority(addresses(environment).prometheus)}`,
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
    selector: { matchLabels: podLabels.inference },
    podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '15s' }],
  },
})
