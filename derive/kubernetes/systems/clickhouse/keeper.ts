import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { serverCertificate } from '../../parts/certificate.ts'
import {
  antiAffinityOf,
  CRITICAL_PRIORITY,
  containerSecurity,
  placement,
  podSecurity,
  resourcesOf,
  spread,
} from '../../parts/pod.ts'
import { claimTemplate } from '../../parts/volumes.ts'
import { KEEPER_CLUSTER, keeperNames } from './hosts.ts'
import { CLICKHOUSE } from './names.ts'
import { openSsl, tlsMount, tlsVolume } from './tls.ts'

const KEEPER_TLS = 'knowton-keeper-tls'

/** The number that ClickHouse and Keeper run as in their images. */
export const CLICKHOUSE_UID = 101

/** What the replicas of each shard agree on: three keepers that outlive the loss of one. */
export const keeper = (environment: ClusterEnvironment): readonly Manifest[] => [
  serverCertificate({
    name: KEEPER_TLS,
    namespace: environment.namespaces.data,
    component: 'clickhouse',
    dnsNames: keeperNames(environment),
    alsoClient: true,
  }),
  {
    apiVersion: 'clickhouse-keeper.altinity.com/v1',
    kind: 'ClickHouseKeeperInstallation',
    metadata: {
      name: CLICKHOUSE.names.keeper,
      namespace: environment.namespaces.data,
      labels: labelsOf('clickhouse', CLICKHOUSE.names.keeper),
      annotations: NEVER_PRUNED,
    },
    spec: {
      defaults: {
        templates: { podTemplate: 'keeper-pod', dataVolumeClaimTemplate: 'keeper-data' },
        storageManagement: { provisioner: 'Operator', reclaimPolicy: 'Retain' },
      },
      configuration: {
        clusters: [
          {
            name: KEEPER_CLUSTER,
            secure: 'yes',
            insecure: 'no',
            pdbManaged: 'yes',
            pdbMaxUnavailable: 1,
            layout: { replicasCount: environment.clickhouse.keepers },
          },
        ],
        settings: {
          'logger/level': 'information',
          'logger/console': 'true',
          'prometheus/endpoint': '/metrics',
          'prometheus/port': '7000',
          'prometheus/metrics': 'true',
          'prometheus/events': 'true',
          'prometheus/asynchronous_metrics': 'true',
        },
        files: { 'config.d/openssl.xml': openSsl },
      },
      templates: {
        podTemplates: [keeperPod(environment)],
        volumeClaimTemplates: [claim('keeper-data', environment.clickhouse.keeperStorage)],
      },
    },
  },
]

/** A volume of its own for each pod, which outlives the pod and the installation. */
export const claim = (name: string, storage: string) => ({
  name,
  provisioner: 'Operator',
  reclaimPolicy: 'Retain',
  ...claimTemplate(storage),
})

const keeperPod = (environment: ClusterEnvironment) => ({
  name: 'keeper-pod',
  metadata: { labels: labelsOf('clickhouse', CLICKHOUSE.names.keeper) },
  spec: {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity(CLICKHOUSE_UID),
    priorityClassName: CRITICAL_PRIORITY,
    terminationGracePeriodSeconds: 60,
    ...placement(environment, 'data'),
    ...spread(CLICKHOUSE.pods.keeper, antiAffinityOf(environment)),
    containers: [
      {
        name: 'clickhouse-keeper',
        image: environment.images['clickhouse-keeper'],
        imagePullPolicy: 'IfNotPresent',
        resources: resourcesOf(environment.clickhouse.keeper),
        securityContext: containerSecurity(),
        volumeMounts: [
          { name: 'keeper-data', mountPath: '/var/lib/clickhouse-keeper' },
          tlsMount,
          { name: 'tmp', mountPath: '/tmp' },
          { name: 'log', mountPath: '/var/log/clickhouse-keeper' },
        ],
      },
    ],
    volumes: [
      tlsVolume(KEEPER_TLS),
      { name: 'tmp', emptyDir: { sizeLimit: '128Mi' } },
      { name: 'log', emptyDir: { sizeLimit: '512Mi' } },
    ],
  },
})
