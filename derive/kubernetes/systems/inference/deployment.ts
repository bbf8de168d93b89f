import type { IDeployment } from 'kubernetes-models/apps/v1'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { checksum, labelsOf } from '../../manifest.ts'
import { containerSecurity, placement, podSecurity, resourcesOf, STANDARD_PRIORITY, spread } from '../../parts/pod.ts'
import { mebibytes } from '../../parts/quantities.ts'
import { trustMount, trustVolume } from '../../parts/trust.ts'
import { scratchVolume, tmpMount, tmpVolume } from '../../parts/volumes.ts'
import { cloudPodLabels } from '../../workload-identity.ts'
import { rcloneStore } from '../object-store/access.ts'
import { CONFIG_FOLDER, type InferenceBackend, MODEL_FOLDER } from './backend.ts'
import { INFERENCE } from './names.ts'

/** The user of both images, `model-server` and `triton-server`; rclone runs as anyone. */
const INFERENCE_UID = 1000
/** The longest that requests in flight may take to end. */
const GRACE_SECONDS = 60

/** The inference servers: each fetches its models, then answers. An update waits for a GPU to be free. */
export const inferenceDeployment = (environment: ClusterEnvironment, backend: InferenceBackend) =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: INFERENCE.names.deployment,
      namespace: environment.namespaces.apps,
      labels: { ...labelsOf('inference', INFERENCE.names.deployment) },
    },
    spec: {
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 1800,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      selector: { matchLabels: INFERENCE.pods.servers },
      template: {
        metadata: {
          labels: {
            ...labelsOf('inference', INFERENCE.names.deployment),
            ...INFERENCE.pods.servers,
            ...cloudPodLabels(environment),
          },
          annotations: { 'checksum/config': checksum(backend.config) },
        },
        spec: {
          serviceAccountName: INFERENCE.names.deployment,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          priorityClassName: STANDARD_PRIORITY,
          terminationGracePeriodSeconds: GRACE_SECONDS,
          securityContext: podSecurity(INFERENCE_UID),
          ...onGpuNodes(environment),
          ...spread(INFERENCE.pods.servers),
          initContainers: [modelFetcher(environment, backend)],
          containers: [server(environment, backend)],
          volumes: [
            tmpVolume,
            trustVolume,
            scratchVolume('models', environment.inference.modelStorage),
            ...backend.scratch.map(({ name, sizeLimit, medium }) => ({
              name,
              emptyDir: { sizeLimit, ...(medium === undefined ? {} : { medium }) },
            })),
            ...(hasConfig(backend) ? [{ name: 'config', configMap: { name: INFERENCE.names.deployment } }] : []),
          ],
        },
      },
    },
  }) satisfies IDeployment

/** True when the server reads a file of settings. */
export const hasConfig = (backend: InferenceBackend): boolean => Object.keys(backend.config).length > 0

/** By every label of the pool, the GPU's among them. */
const onGpuNodes = (environment: ClusterEnvironment) => {
  const place = placement(environment, 'gpu-nodes')
  if (place.nodeSelector === undefined) return place
  return { ...place, nodeSelector: { ...place.nodeSelector, ...environment.pools['gpu-nodes'].labels } }
}

/** Copies what differs from the bucket; what is not in the bucket is removed. */
const modelFetcher = (environment: ClusterEnvironment, { models }: InferenceBackend) => ({
  name: 'fetch-models',
  image: environment.images['model-sync'],
  imagePullPolicy: 'IfNotPresent' as const,
  args: [
    'sync',
    `store:${environment.objectStore.buckets.models}/${models}`,
    MODEL_FOLDER,
    '--config=/tmp/rclone.conf',
    '--retries=5',
    '--stats=30s',
    '--stats-one-line',
    '--verbose',
  ],
  env: [...rcloneStore(environment)],
  resources: resourcesOf(environment.sizes.small.resources, environment.inference.modelStorage),
  securityContext: containerSecurity(),
  volumeMounts: [tmpMount, trustMount, { name: 'models', mountPath: MODEL_FOLDER }],
})

const server = (environment: ClusterEnvironment, backend: InferenceBackend) => {
  return {
    name: environment.inference.backend,
    image: environment.images[imageOf(environment)],
    imagePullPolicy: 'IfNotPresent' as const,
    command: [...backend.command],
    env: Object.entries(backend.env).map(([name, value]) => ({ name, value })),
    ports: [
      { name: 'http', containerPort: INFERENCE.ports.http, protocol: 'TCP' as const },
      { name: 'metrics', containerPort: INFERENCE.ports.metrics, protocol: 'TCP' as const },
    ],
    // loading models onto a GPU takes minutes
    startupProbe: { ...probe(backend.ready), periodSeconds: 10, failureThreshold: 90, timeoutSeconds: 5 },
    livenessProbe: { ...probe(backend.live), periodSeconds: 15, failureThreshold: 4, timeoutSeconds: 5 },
    readinessProbe: { ...probe(backend.ready), periodSeconds: 5, failureThreshold: 3, timeoutSeconds: 5 },
    lifecycle: { preStop: { sleep: { seconds: 10 } } },
    resources: withGpus(environment, resourcesOf(environment.inference.resources, diskOf(environment, backend))),
    securityContext: containerSecurity(),
    volumeMounts: [
      tmpMount,
      { name: 'models', mountPath: MODEL_FOLDER, readOnly: true },
      ...backend.scratch.map(({ name, mountPath }) => ({ name, mountPath })),
      ...(hasConfig(backend) ? [{ name: 'config', mountPath: CONFIG_FOLDER, readOnly: true }] : []),
    ],
  }
}

/** Every folder on the node's disk, full, and a little for the container's own output. */
const diskOf = (environment: ClusterEnvironment, { scratch }: InferenceBackend): string => {
  const folders = scratch.filter(({ medium }) => medium === undefined).map(({ sizeLimit }) => sizeLimit)
  const sizes = [environment.inference.modelStorage, tmpVolume.emptyDir.sizeLimit, '512Mi', ...folders]
  return `${sizes.reduce((sum, size) => sum + mebibytes(size), 0)}Mi`
}

const imageOf = ({ inference: { backend, gpus } }: ClusterEnvironment) =>
  backend === 'torchserve' && gpus === 0 ? 'torchserve-cpu' : backend

const withGpus = (environment: ClusterEnvironment, resources: ReturnType<typeof resourcesOf>) => {
  const { gpus } = environment.inference
  if (gpus === 0) return resources
  const gpu = { 'nvidia.com/gpu': gpus }
  return { requests: { ...resources.requests, ...gpu }, limits: { ...resources.limits, ...gpu } }
}

const probe = ({ path, port }: InferenceBackend['live']) => ({ httpGet: { path, port } })
