import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { CRITICAL_PRIORITY, containerSecurity, placement, podSecurity, resourcesOf } from '../../parts/pod.ts'
import { cloudPodLabels } from '../../workload-identity.ts'
import { backupContainer } from './backup.ts'
import { CLICKHOUSE_UID, claim } from './keeper.ts'
import { CLICKHOUSE } from './names.ts'
import { openSsl, tlsMount, tlsVolume } from './tls.ts'
import { clickhouseProfiles, clickhouseQuotas, clickhouseUsers } from './users.ts'

/** The certificate of the servers, which they also show one another. */
export const CLICKHOUSE_TLS = 'knowton-clickhouse-tls'

/** The shards and their replicas. Every port takes TLS only; between replicas it is 9010, which no option of the operator opens. */
export const clickhouseInstallation = (platform: PlatformShape, environment: ClusterEnvironment): Manifest => ({
  apiVersion: 'clickhouse.altinity.com/v1',
  kind: 'ClickHouseInstallation',
  metadata: {
    name: CLICKHOUSE.names.installation,
    namespace: environment.namespaces.data,
    labels: labelsOf('clickhouse'),
    annotations: NEVER_PRUNED,
  },
  spec: {
    defaults: {
      templates: {
        podTemplate: 'clickhouse-pod',
        dataVolumeClaimTemplate: 'data-volume',
        logVolumeClaimTemplate: 'log-volume',
      },
      storageManagement: { provisioner: 'Operator', reclaimPolicy: 'Retain' },
    },
    configuration: {
      zookeeper: { keeper: { name: CLICKHOUSE.names.keeper } },
      clusters: [
        {
          name: CLICKHOUSE.names.cluster,
          secure: 'yes',
          insecure: 'no',
          secret: { auto: 'yes' },
          pdbManaged: 'yes',
          pdbMaxUnavailable: 1,
          layout: { shardsCount: environment.clickhouse.shards, replicasCount: environment.clickhouse.replicas },
        },
      ],
      users: clickhouseUsers(platform, environment),
      profiles: clickhouseProfiles(environment),
      quotas: clickhouseQuotas,
      settings: serverSettings,
      files: { 'config.d/openssl.xml': openSsl, 'config.d/interserver.xml': interserver },
    },
    templates: {
      podTemplates: [serverPod(environment)],
      volumeClaimTemplates: [
        claim('data-volume', environment.clickhouse.dataStorage),
        claim('log-volume', environment.clickhouse.logStorage),
      ],
    },
  },
})

const serverSettings = {
  'logger/level': 'information',
  'logger/console': 'true',
  // pods change their addresses
  disable_internal_dns_cache: '1',
  max_server_memory_usage_to_ram_ratio: '0.8',
  'prometheus/endpoint': '/metrics',
  'prometheus/port': '9363',
  'prometheus/metrics': 'true',
  'prometheus/events': 'true',
  'prometheus/asynchronous_metrics': 'true',
}

const interserver = `<clickhouse>
  <interserver_http_port remove="1"/>
  <interserver_https_port>9010</interserver_https_port>
</clickhouse>
`

const serverPod = (environment: ClusterEnvironment) => ({
  name: 'clickhouse-pod',
  podDistribution: distribution(environment),
  metadata: { labels: { ...labelsOf('clickhouse'), ...cloudPodLabels(environment) } },
  spec: {
    serviceAccountName: CLICKHOUSE.names.installation,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity(CLICKHOUSE_UID),
    priorityClassName: CRITICAL_PRIORITY,
    terminationGracePeriodSeconds: 120,
    ...placement(environment, 'memory-optimized'),
    containers: [serverContainer(environment), backupContainer(environment)],
    volumes: [
      tlsVolume(CLICKHOUSE_TLS),
      { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'backup-tmp', emptyDir: { sizeLimit: '512Mi' } },
    ],
  },
})

/** One server to a node; the replicas of a shard in different zones where there are enough of them. */
const distribution = ({ clickhouse, zones }: ClusterEnvironment) => [
  { type: 'ClickHouseAntiAffinity', scope: 'ClickHouseInstallation', topologyKey: 'kubernetes.io/hostname' },
  ...(zones >= clickhouse.replicas && clickhouse.replicas > 1
    ? [{ type: 'ShardAntiAffinity', scope: 'ClickHouseInstallation', topologyKey: 'topology.kubernetes.io/zone' }]
    : []),
]

const serverContainer = (environment: ClusterEnvironment) => ({
  name: 'clickhouse',
  image: environment.images.clickhouse,
  imagePullPolicy: 'IfNotPresent',
  // users are the operator's matter: the image's own start would write files beside them
  env: [{ name: 'CLICKHOUSE_SKIP_USER_SETUP', value: '1' }],
  resources: resourcesOf(environment.clickhouse.resources, '2Gi'),
  securityContext: containerSecurity(),
  volumeMounts: [
    { name: 'data-volume', mountPath: '/var/lib/clickhouse' },
    { name: 'log-volume', mountPath: '/var/log/clickhouse-server' },
    tlsMount,
    { name: 'tmp', mountPath: '/tmp' },
  ],
})
