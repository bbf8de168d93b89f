import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.ts'
import { testFamily } from '../../testing/family-suite.ts'
import { findingsOf, worldOf } from '../../testing/world-of.ts'
import { clusters } from './clusters.ts'
import { postgresRules } from './index.ts'
import { postgresStaticKeys } from './postgres-backup.ts'
import { memoryModel } from './postgres-memory.ts'

const GIB = 1024 ** 3

const right = `
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: main, namespace: data }
spec:
  instances: 3
  imageName: ghcr.io/cloudnative-pg/postgresql:16.15-standard-trixie
  postgresql:
    synchronous: { method: any, number: 1 }
    parameters:
      max_connections: "500"
      shared_buffers: 4GB
      work_mem: 10MB
      maintenance_work_mem: 1GB
  affinity: { podAntiAffinityType: required }
  bootstrap:
    initdb: { database: shop, owner: shop, dataChecksums: true, secret: { name: main-owner } }
  storage: { size: 10Gi }
  walStorage: { size: 2Gi }
  plugins:
    - { name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: { barmanObjectName: store } }
  resources:
    requests: { cpu: "4", memory: 16Gi }
    limits: { cpu: "4", memory: 16Gi }
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: drill, namespace: data }
spec:
  instances: 1
  bootstrap: { recovery: { source: main } }
  resources: { requests: { cpu: "4", memory: 16Gi }, limits: { cpu: "4", memory: 16Gi } }
---
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: { name: store, namespace: data }
spec:
  configuration:
    destinationPath: s3://backups/main
    s3Credentials: { inheritFromIAMRole: true }
---
apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: nightly, namespace: data }
spec: { schedule: "0 0 3 * * *", cluster: { name: main }, method: plugin }
---
apiVersion: postgresql.cnpg.io/v1
kind: Pooler
metadata: { name: pooler, namespace: data }
spec: { cluster: { name: main }, instances: 2, pgbouncer: { poolMode: session } }
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: main-owner, namespace: data }
spec:
  target: { template: { type: kubernetes.io/basic-auth, data: { username: shop, password: "{{ .password }}" } } }
`

testFamily(postgresRules, right, [
  {
    rule: 'postgres-backup-missing',
    from: 'cluster: { name: main }, method: plugin',
    to: 'cluster: { name: other }, method: plugin',
    on: 'Cluster/main',
    path: 'spec.plugins',
    says: 'useless without a base backup',
  },
  {
    rule: 'postgres-backup-missing',
    from: 'isWALArchiver: true',
    to: 'isWALArchiver: false',
    on: 'Cluster/main',
    path: 'spec',
    says: 'Only the state of the last base backup',
  },
  {
    rule: 'postgres-backup-removed',
    from: '  walStorage:',
    to: '  backup: { barmanObjectStore: { destinationPath: "s3://backups" } }\n  walStorage:',
    on: 'Cluster/main',
    path: 'spec.backup.barmanObjectStore',
    says: '1.31',
  },
  {
    rule: 'postgres-schedule-fields',
    from: '"0 0 3 * * *"',
    to: '"0 3 * * *"',
    on: 'ScheduledBackup/nightly',
    path: 'spec.schedule',
    says: 'begin with seconds',
  },
  {
    rule: 'postgres-static-keys',
    from: '{ inheritFromIAMRole: true }',
    to: '{ accessKeyId: { name: keys, key: id } }',
    on: 'ObjectStore/store',
    path: 'spec.configuration.s3Credentials.accessKeyId',
    says: 'does not expire',
  },
  {
    rule: 'postgres-image-rolling',
    from: 'postgresql:16.15-standard-trixie',
    to: 'postgresql:16',
    on: 'Cluster/main',
    path: 'spec.imageName',
    says: 'the tag 16 moves',
  },
  {
    rule: 'postgres-credentials-unfit',
    from: 'type: kubernetes.io/basic-auth',
    to: 'type: Opaque',
    on: 'ExternalSecret/main-owner',
    path: 'spec.target.template',
    says: 'kubernetes.io/basic-auth',
  },
  {
    rule: 'postgres-credentials-unfit',
    from: 'username: shop',
    to: 'username: keeper',
    on: 'ExternalSecret/main-owner',
    path: 'spec.target.template.data.username',
    says: 'its user is keeper and the owner of the database shop',
  },
  {
    rule: 'postgres-superuser-open',
    from: '  walStorage:',
    to: '  enableSuperuserAccess: true\n  walStorage:',
    on: 'Cluster/main',
    path: 'spec.enableSuperuserAccess',
    says: 'may do everything',
  },
  {
    rule: 'postgres-synchronous-missing',
    from: '    synchronous: { method: any, number: 1 }\n',
    to: '',
    on: 'Cluster/main',
    path: 'spec.postgresql',
    says: 'no replica is synchronous',
  },
  {
    rule: 'postgres-instances-together',
    from: '{ podAntiAffinityType: required }',
    to: '{ podAntiAffinityType: preferred }',
    on: 'Cluster/main',
    path: 'spec.affinity',
    says: 'only prefers',
  },
  {
    rule: 'postgres-memory-over',
    from: 'requests: { cpu: "4", memory: 16Gi }',
    to: 'requests: { cpu: "4", memory: 8Gi }',
    on: 'Cluster/main',
    path: 'spec.resources.requests.memory',
    says: 'make 11.9 GiB, and 8 GiB are requested',
    severity: 'warning',
  },
  {
    rule: 'postgres-memory-over',
    from: 'work_mem: 10MB',
    to: 'work_mem: 32MB',
    on: 'Cluster/main',
    path: 'spec.resources.requests.memory',
    says: 'a pod may use 16 GiB',
    severity: 'error',
  },
  {
    rule: 'postgres-qos-burstable',
    from: 'requests: { cpu: "4", memory: 16Gi }',
    to: 'requests: { cpu: "2", memory: 16Gi }',
    on: 'Cluster/main',
    path: 'spec.resources',
    says: 'less than they may use',
  },
  {
    rule: 'postgres-pooler-missing',
    from: 'spec: { cluster: { name: main }, instances: 2',
    to: 'spec: { cluster: { name: other }, instances: 2',
    on: 'Cluster/main',
    path: 'spec.postgresql.parameters.max_connections',
    says: 'Up to 500 server processes',
  },
  {
    rule: 'postgres-pod-monitor-deprecated',
    from: '  walStorage:',
    to: '  monitoring: { enablePodMonitor: true }\n  walStorage:',
    on: 'Cluster/main',
    path: 'spec.monitoring.enablePodMonitor',
    says: 'deprecated',
  },
  {
    rule: 'postgres-wal-shared',
    from: '  walStorage: { size: 2Gi }\n',
    to: '',
    on: 'Cluster/main',
    path: 'spec.storage',
    says: 'fill the volume',
  },
  {
    rule: 'postgres-checksums-missing',
    from: ', dataChecksums: true',
    to: '',
    on: 'Cluster/main',
    path: 'spec.bootstrap.initdb',
    says: 'no checksums',
  },
])

test("keys of an object store of one's own are no fault: it has no roles", () => {
  const own = edited(
    right,
    's3Credentials: { inheritFromIAMRole: true }',
    'endpointURL: https://store:7070\n    s3Credentials: { accessKeyId: { name: keys, key: id } }',
  )
  expect(findingsOf(postgresStaticKeys, own)).toEqual([])
})

test('counts memory as PostgreSQL does: settings without a unit in their own unit, and defaults where none is set', () => {
  const [cluster] = clusters(
    worldOf(`
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: main, namespace: data }
spec: { postgresql: { parameters: { shared_buffers: "131072", work_mem: "10240", max_connections: "100" } } }
`),
  )
  if (cluster === undefined) throw new Error('no cluster')
  expect(memoryModel(cluster)).toEqual({
    shared: GIB,
    work: 100 * 10 * 1024 ** 2,
    vacuum: 3 * 64 * 1024 ** 2,
    total: GIB + 1000 * 1024 ** 2 + 192 * 1024 ** 2,
  })
})
