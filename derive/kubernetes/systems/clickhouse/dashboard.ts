import { type Dashboard, graph, line, rate } from '../../monitoring/dashboards/panel.ts'

export const clickhouseDashboard: Dashboard = {
  uid: 'clickhouse',
  title: 'ClickHouse',
  about: 'Queries, inserts, replication and Keeper.',
  rows: [
    {
      title: 'Work',
      panels: [
        graph('Queries', 'cps', line(rate('ClickHouseProfileEvents_Query', 'pod', '{job="clickhouse"}'))),
        graph(
          'Queries that fail',
          'cps',
          line(rate('ClickHouseProfileEvents_FailedQuery', 'pod', '{job="clickhouse"}')),
        ),
        graph('Queries now', 'short', line('ClickHouseMetrics_Query{job="clickhouse"}')),
        graph('Rows inserted', 'cps', line(rate('ClickHouseProfileEvents_InsertedRows', 'pod', '{job="clickhouse"}'))),
        graph(
          'Inserts slowed down',
          'cps',
          line(rate('ClickHouseProfileEvents_DelayedInserts', 'pod', '{job="clickhouse"}')),
        ),
        graph(
          'Most parts in a partition',
          'short',
          line('ClickHouseAsyncMetrics_MaxPartCountForPartition{job="clickhouse"}'),
        ),
        graph('Memory', 'bytes', line('ClickHouseMetrics_MemoryTracking{job="clickhouse"}')),
        graph('Replica behind', 's', line('ClickHouseAsyncMetrics_ReplicasMaxAbsoluteDelay{job="clickhouse"}')),
        graph('Tables read-only', 'short', line('ClickHouseMetrics_ReadonlyReplica{job="clickhouse"}')),
      ],
    },
    {
      title: 'Keeper',
      panels: [
        graph('Leader', 'short', line('ClickHouseAsyncMetrics_KeeperIsLeader{job="clickhouse-keeper"}')),
        graph(
          'Followers in step',
          'short',
          line('ClickHouseAsyncMetrics_KeeperSyncedFollowers{job="clickhouse-keeper"}'),
        ),
        graph('Connections', 'short', line('ClickHouseMetrics_KeeperAliveConnections{job="clickhouse-keeper"}')),
      ],
    },
  ],
}
