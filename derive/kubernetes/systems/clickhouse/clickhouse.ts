import { hasStore } from '../../../edges.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { podTarget } from '../../targets.ts'
import { backupIdentity } from '../../workload-identity.ts'
import type { System } from '../system.ts'
import { clickhouseRules } from './alerts.ts'
import { clickhouseComponent } from './component.ts'
import { clickhouseDashboard } from './dashboard.ts'
import { clickhouseClientFlows, clickhouseFlows, clickhousePeers } from './flows.ts'
import { CLICKHOUSE, clickhouseAddress } from './names.ts'
import { CLICKHOUSE_USER } from './users.ts'

export const clickhouse: System = {
  namespace: 'data',
  pods: CLICKHOUSE.pods,
  ports: CLICKHOUSE.ports,
  address: clickhouseAddress,
  objects: ({ platform, environment }) => [clickhouseComponent(platform, environment)],
  flows: clickhouseFlows,
  clients: { usedBy: hasStore('clickhouse'), flows: clickhouseClientFlows, variables: [] },
  loads: ({ clickhouse }: ClusterEnvironment) => [
    {
      what: 'ClickHouse',
      pods: clickhouse.shards * clickhouse.replicas,
      containers: [clickhouse.resources, clickhouse.backup],
      volumes: [clickhouse.dataStorage, clickhouse.logStorage],
    },
    { what: 'Keeper', pods: clickhouse.keepers, containers: [clickhouse.keeper], volumes: [clickhouse.keeperStorage] },
  ],
  secrets: () => ({
    clickhouse: {
      username: { kind: 'fixed', value: CLICKHOUSE_USER },
      password: { kind: 'password' },
      backupPassword: { kind: 'password' },
    },
  }),
  identities: ({ environment }) => [backupIdentity('clickhouse', environment, CLICKHOUSE.names.installation)],
  targets: (environment) => {
    const { servers, keeper } = clickhousePeers(environment)
    return [
      podTarget('clickhouse', servers, CLICKHOUSE.ports.metrics),
      podTarget('clickhouse-keeper', keeper, CLICKHOUSE.ports.keeperMetrics),
    ]
  },
  metrics: {
    /** ClickHouse’s own endpoint: system.metrics, system.events and system.asynchronous_metrics. */
    clickhouse: [
      'ClickHouseAsyncMetrics_MaxPartCountForPartition',
      'ClickHouseAsyncMetrics_ReplicasMaxAbsoluteDelay',
      'ClickHouseMetrics_MemoryTracking',
      'ClickHouseMetrics_Query',
      'ClickHouseMetrics_ReadonlyReplica',
      'ClickHouseProfileEvents_DelayedInserts',
      'ClickHouseProfileEvents_FailedQuery',
      'ClickHouseProfileEvents_InsertedRows',
      'ClickHouseProfileEvents_Query',
      'ClickHouseProfileEvents_RejectedInserts',
    ],
    'clickhouse-keeper': [
      'ClickHouseAsyncMetrics_KeeperIsLeader',
      'ClickHouseAsyncMetrics_KeeperSyncedFollowers',
      'ClickHouseMetrics_KeeperAliveConnections',
    ],
  },
  alerts: (environment) => ({ clickhouse: clickhouseRules(environment) }),
  dashboard: () => clickhouseDashboard,
}
