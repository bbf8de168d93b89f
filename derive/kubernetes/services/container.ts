import { DRAIN_SECONDS, type PlatformShape, type ServiceShape } from '@knowton/core'
import { systemsOf } from '../../edges.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { SERVICE_PORT } from '../names.ts'
import { containerSecurity, resourcesOf } from '../parts/pod.ts'
import { trustMount, trustVolume } from '../parts/trust.ts'
import { tmpMount, tmpVolume } from '../parts/volumes.ts'
import { serviceImage } from '../service-image.ts'
import { kafkaMount, kafkaVolume } from '../systems/kafka/client.ts'
import { type EnvVar, objectStoreKeys } from '../systems/object-store/access.ts'
import { secretVariables, serviceSecretName } from './secrets.ts'
import { composedSettings } from './settings.ts'

/** The user that the image of every service runs as. */
export const SERVICE_UID = 10_001

/** Until no kube-proxy and no gateway sends new connections to an ending pod. */
const UNLISTED_SECONDS = 5
/** The longest that an ending pod takes, with room to spare. */
export const GRACE_SECONDS = 2 * (DRAIN_SECONDS + UNLISTED_SECONDS)

/** The main container of a service. */
export const serviceContainer = (platform: PlatformShape, environment: ClusterEnvironment, service: ServiceShape) => ({
  name: service.name,
  image: serviceImage(service.name),
  imagePullPolicy: 'IfNotPresent' as const,
  ports: [{ name: 'http', containerPort: SERVICE_PORT, protocol: 'TCP' as const }],
  envFrom: [{ configMapRef: { name: service.name } }],
  env: [
    ...secretEnvironment(environment, service),
    ...plain(composedSettings(platform, environment, service)),
    ...(keepsFiles(service)
      ? objectStoreKeys(environment, { accessKeyId: 'AWS_ACCESS_KEY_ID', secretAccessKey: 'AWS_SECRET_ACCESS_KEY' })
      : []),
  ],
  // a start may have to wait for a migration that another process carries out
  startupProbe: { ...probe('/health/live'), periodSeconds: 2, failureThreshold: 150, timeoutSeconds: 2 },
  livenessProbe: { ...probe('/health/live'), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 2 },
  // asks every store, each for two seconds at most
  readinessProbe: { ...probe('/health/ready'), periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 3 },
  lifecycle: { preStop: { sleep: { seconds: UNLISTED_SECONDS } } },
  resources: resourcesOf(environment.sizes[service.size].resources),
  securityContext: containerSecurity(),
  volumeMounts: [tmpMount, trustMount, ...(systemsOf(service).includes('kafka') ? [kafkaMount] : [])],
})

/** The volumes of a service's pods. */
export const serviceVolumes = (service: ServiceShape) => [
  tmpVolume,
  trustVolume,
  ...(systemsOf(service).includes('kafka') ? [kafkaVolume(service)] : []),
]

/** The secret-backed variables of a service, or those of them that `only` names. */
export const secretEnvironment = (
  environment: ClusterEnvironment,
  service: ServiceShape,
  only?: readonly string[],
): readonly EnvVar[] =>
  Object.keys(secretVariables(service, environment))
    .filter((name) => only === undefined || only.includes(name))
    .map((name) => ({ name, valueFrom: { secretKeyRef: { name: serviceSecretName(service), key: name } } }))

/** Variables with their values. */
export const plain = (values: Readonly<Record<string, string>>): readonly EnvVar[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }))

const keepsFiles = (service: ServiceShape): boolean =>
  Object.values(service.stores).some(({ kind }) => kind === 'files')

const probe = (path: string) => ({ httpGet: { path, port: 'http' } })
