import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.ts'
import { testFamily } from '../../testing/family-suite.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { clickhouseKeeperMissing } from './clickhouse-replication.ts'
import { clickhouseRules } from './index.ts'

const right = `
apiVersion: clickhouse.altinity.com/v1
kind: ClickHouseInstallation
metadata: { name: facts, namespace: data }
spec:
  configuration:
    clusters:
      - name: main
        secure: "yes"
        secret: { auto: "true" }
        layout: { shardsCount: 3, replicasCount: 2 }
    zookeeper:
      keeper: { name: keeper }
    settings:
      prometheus/endpoint: /metrics
      prometheus/port: 9363
    users:
      reader/k8s_secret_env_password_sha256_hex: data/facts/reader
      reader/networks/ip: [10.0.0.0/8]
      reader/profile: reader
  templates:
    podTemplates:
      - name: server
        podDistribution: [{ type: ClickHouseAntiAffinity }]
        spec:
          containers:
            - { name: clickhouse, image: clickhouse/clickhouse-server:26.3 }
            - { name: backup, image: altinity/clickhouse-backup:2.6.5 }
    volumeClaimTemplates:
      - { name: data, reclaimPolicy: Retain, spec: { resources: { requests: { storage: 1Ti } } } }
---
apiVersion: clickhouse-keeper.altinity.com/v1
kind: ClickHouseKeeperInstallation
metadata: { name: keeper, namespace: data }
spec:
  configuration: { clusters: [{ name: main, layout: { replicasCount: 3 } }] }
`

testFamily(clickhouseRules, right, [
  {
    rule: 'clickhouse-keeper-missing',
    from: 'keeper: { name: keeper }',
    to: 'keeper: { name: other }',
    on: 'ClickHouseInstallation/facts',
    path: 'spec.configuration.zookeeper',
    says: 'there is no Keeper other',
  },
  {
    rule: 'clickhouse-keeper-missing',
    from: '    zookeeper:\n      keeper: { name: keeper }\n',
    to: '',
    on: 'ClickHouseInstallation/facts',
    path: 'spec.configuration.clusters[0]',
    says: 'neither Keeper nor ZooKeeper',
  },
  {
    rule: 'clickhouse-keeper-missing',
    from: 'keeper: { name: keeper }',
    to: 'nodes: [{ host: zookeeper-0.zookeeper-headless }]',
    on: 'ClickHouseInstallation/facts',
    path: 'spec.configuration.zookeeper',
    says: 'no host answers at zookeeper-0.zookeeper-headless',
  },
  {
    rule: 'clickhouse-replicas-together',
    from: '        podDistribution: [{ type: ClickHouseAntiAffinity }]\n',
    to: '',
    on: 'ClickHouseInstallation/facts',
    path: 'spec.templates.podTemplates[0]',
    says: 'one node',
  },
  {
    rule: 'clickhouse-reclaim-delete',
    from: 'reclaimPolicy: Retain, ',
    to: '',
    on: 'ClickHouseInstallation/facts',
    path: 'spec.templates.volumeClaimTemplates[0]',
    says: 'deletes every volume of data',
  },
  {
    rule: 'clickhouse-backup-missing',
    from: '            - { name: backup, image: altinity/clickhouse-backup:2.6.5 }\n',
    to: '',
    on: 'ClickHouseInstallation/facts',
    path: 'spec',
    says: 'stays lost',
  },
  {
    rule: 'clickhouse-network-open',
    from: '[10.0.0.0/8]',
    to: '["::/0"]',
    on: 'ClickHouseInstallation/facts',
    path: 'spec.configuration.users.reader/networks/ip',
    says: 'reader may sign in from every address',
  },
  {
    rule: 'clickhouse-user-unbounded',
    from: '      reader/profile: reader\n',
    to: '',
    on: 'ClickHouseInstallation/facts',
    path: 'spec.configuration.users.reader/k8s_secret_env_password_sha256_hex',
    says: 'without end',
  },
  {
    rule: 'clickhouse-tls-missing',
    from: 'secure: "yes"',
    to: 'secure: "no"',
    on: 'ClickHouseInstallation/facts',
    path: 'spec.configuration.clusters',
    says: 'no TLS',
  },
  {
    rule: 'clickhouse-interserver-open',
    from: '        secret: { auto: "true" }\n',
    to: '',
    on: 'ClickHouseInstallation/facts',
    path: 'spec.configuration.clusters[0]',
    says: 'as the user default',
  },
  {
    rule: 'clickhouse-metrics-missing',
    from: '      prometheus/port: 9363\n',
    to: '',
    on: 'ClickHouseInstallation/facts',
    path: 'spec.configuration.settings',
    says: 'Port 9363',
  },
])

test('one server needs no Keeper', () => {
  const alone = edited(
    edited(right, 'shardsCount: 3, replicasCount: 2', 'shardsCount: 1, replicasCount: 1'),
    '    zookeeper:\n      keeper: { name: keeper }\n',
    '',
  )
  expect(findingsOf(clickhouseKeeperMissing, alone)).toEqual([])
})

test('hosts outside of the cluster are taken for good', () => {
  const elsewhere = edited(right, 'keeper: { name: keeper }', 'nodes: [{ host: zk.shop.example }]')
  expect(findingsOf(clickhouseKeeperMissing, elsewhere)).toEqual([])
})
