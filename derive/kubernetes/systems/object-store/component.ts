import type { IStatefulSet } from 'kubernetes-models/apps/v1'
import type { IService } from 'kubernetes-models/v1'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Component, labelsOf, NEVER_PRUNED } from '../../manifest.ts'
import { storeAccount } from '../../parts/accounts.ts'
import { serverCertificate, serviceNames } from '../../parts/certificate.ts'
import { podDisruptionBudget } from '../../parts/disruption.ts'
import { CRITICAL_PRIORITY, containerSecurity, placement, podSecurity, resourcesOf } from '../../parts/pod.ts'
import { claimTemplate } from '../../parts/volumes.ts'
import { OBJECT_STORE_CA_SECRET, OBJECT_STORE_SECRET, objectStoreRegion, objectStoreSecret } from './access.ts'
import { OBJECT_STORE } from './names.ts'

const PORT = 7070
const HEADLESS = `${OBJECT_STORE.names.server}-headless`
const OBJECT_STORE_UID = 1000
const VOLUME = '/srv/object-store'
const BUCKETS_FOLDER = `${VOLUME}/buckets`
const METADATA_FOLDER = `${VOLUME}/metadata`
const TLS_FOLDER = '/etc/knowton/tls'

type Server = NonNullable<ClusterEnvironment['objectStore']['server']>

/**
 * The keys of an object store that does not know pods by their identity, and on one machine the store itself: S3 over
 * the folders of one volume. Nothing where the cloud's own is used.
 */
export const objectStoreComponent = (environment: ClusterEnvironment): readonly Component[] => {
  const { endpoint, server } = environment.objectStore
  if (endpoint === undefined) return []
  const secrets = objectStoreSecret(environment, environment.namespaces.data, 'object-store')
  return [
    {
      name: 'object-store',
      group: 'data',
      files: { secrets, ...(server === undefined ? {} : serverFiles(environment, server)) },
    },
  ]
}

const serverFiles = (environment: ClusterEnvironment, server: Server): Component['files'] => {
  const { data } = environment.namespaces
  return {
    'service-account': [storeAccount(environment, { name: OBJECT_STORE.names.server, component: 'object-store' })],
    certificate: [
      serverCertificate({
        name: OBJECT_STORE_CA_SECRET,
        namespace: data,
        component: 'object-store',
        dnsNames: serviceNames(OBJECT_STORE.names.server, data),
      }),
    ],
    services: [
      service(environment, OBJECT_STORE.names.server, {}),
      service(environment, HEADLESS, { clusterIP: 'None' }),
    ],
    'stateful-set': [statefulSet(environment, server), disruptionBudget(environment)],
  }
}

const service = ({ namespaces }: ClusterEnvironment, name: string, kind: { readonly clusterIP?: 'None' }) =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: namespaces.data, labels: labelsOf('object-store', name) },
    spec: {
      type: 'ClusterIP',
      ...kind,
      selector: OBJECT_STORE.pods.server,
      ports: [{ name: 'https', port: PORT, targetPort: 'https', appProtocol: 'https' }],
    },
  }) satisfies IService

const statefulSet = (environment: ClusterEnvironment, server: Server) =>
  ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: OBJECT_STORE.names.server,
      namespace: environment.namespaces.data,
      labels: labelsOf('object-store'),
      annotations: NEVER_PRUNED,
    },
    spec: {
      serviceName: HEADLESS,
      replicas: 1,
      revisionHistoryLimit: 3,
      selector: { matchLabels: OBJECT_STORE.pods.server },
      template: {
        metadata: { labels: { ...labelsOf('object-store'), ...OBJECT_STORE.pods.server } },
        spec: {
          serviceAccountName: OBJECT_STORE.names.server,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: podSecurity(OBJECT_STORE_UID),
          priorityClassName: CRITICAL_PRIORITY,
          terminationGracePeriodSeconds: 30,
          ...placement(environment, 'data'),
          initContainers: [bucketsContainer(environment, server)],
          containers: [gatewayContainer(environment, server)],
          volumes: [{ name: 'tls', secret: { secretName: OBJECT_STORE_CA_SECRET, defaultMode: 0o440 } }],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'objects' }, ...claimTemplate(server.storage) }],
    },
  }) satisfies IStatefulSet

const disruptionBudget = ({ namespaces }: ClusterEnvironment) =>
  podDisruptionBudget(
    { name: OBJECT_STORE.names.server, namespace: namespaces.data, labels: labelsOf('object-store') },
    OBJECT_STORE.pods.server,
  )

/** A folder of the volume is a bucket: no call and no credentials make one. */
const bucketsContainer = (environment: ClusterEnvironment, server: Server) => ({
  name: 'buckets',
  image: environment.images['object-store'],
  imagePullPolicy: 'IfNotPresent' as const,
  command: ['mkdir', '-p', METADATA_FOLDER, ...bucketFolders(environment)],
  resources: resourcesOf(server.resources, '64Mi'),
  securityContext: containerSecurity(),
  volumeMounts: [{ name: 'objects', mountPath: VOLUME }],
})

const bucketFolders = ({ objectStore: { buckets } }: ClusterEnvironment): readonly string[] =>
  Object.values(buckets).map((name) => `${BUCKETS_FOLDER}/${name}`)

const gatewayContainer = (environment: ClusterEnvironment, server: Server) => ({
  name: 'object-store',
  image: environment.images['object-store'],
  imagePullPolicy: 'IfNotPresent' as const,
  command: ['versitygw'],
  args: [
    ...['--port', `:${PORT}`, '--region', objectStoreRegion(environment), '--health', HEALTH],
    ...['--cert', `${TLS_FOLDER}/tls.crt`, '--key', `${TLS_FOLDER}/tls.key`],
    ...['posix', '--sidecar', METADATA_FOLDER, BUCKETS_FOLDER],
  ],
  env: [
    { name: 'ROOT_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: OBJECT_STORE_SECRET, key: 'accessKeyId' } } },
    {
      name: 'ROOT_SECRET_ACCESS_KEY',
      valueFrom: { secretKeyRef: { name: OBJECT_STORE_SECRET, key: 'secretAccessKey' } },
    },
  ],
  ports: [{ name: 'https', containerPort: PORT, protocol: 'TCP' as const }],
  startupProbe: { tcpSocket: { port: 'https' }, periodSeconds: 2, failureThreshold: 60 },
  livenessProbe: { tcpSocket: { port: 'https' }, periodSeconds: 10, failureThreshold: 6 },
  readinessProbe: {
    httpGet: { path: HEALTH, port: 'https', scheme: 'HTTPS' as const },
    periodSeconds: 10,
    timeoutSeconds: 3,
  },
  resources: resourcesOf(server.resources),
  securityContext: containerSecurity(),
  volumeMounts: [
    { name: 'objects', mountPath: VOLUME },
    { name: 'tls', mountPath: TLS_FOLDER, readOnly: true },
  ],
})

const HEALTH = '/health'
