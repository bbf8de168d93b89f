import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Alert, alert, type RuleGroup } from '../../monitoring/rules/rule.ts'
import { rises, stays } from '../../monitoring/rules/series.ts'

const servers = (count: number): Alert =>
  alert('ClickHouseServersMissing', {
    expr: `(sum(up{job="clickhouse"}) or vector(0)) < ${count}`,
    forMinutes: 5,
    severity: 'critical',
    says: `Fewer than ${count} servers of ClickHouse answer.`,
    fix: 'See which pod of chi-knowton-clickhouse does not run and why.',
    test: {
      fires: { 'up{job="clickhouse",pod="p"}': stays(count - 1) },
      quiet: { 'up{job="clickhouse",pod="p"}': stays(count) },
      labels: {},
    },
  })

const readOnly = alert('ClickHouseTablesReadOnly', {
  expr: 'max by (pod) (ClickHouseMetrics_ReadonlyReplica{job="clickhouse"}) > 0',
  forMinutes: 5,
  severity: 'critical',
  says: 'Tables on {{ $labels.pod }} take no rows: it has lost Keeper or its place in it.',
  fix: 'See whether Keeper has a leader; then SYSTEM RESTART REPLICA for the tables in system.replicas that are read-only.',
  test: {
    fires: { 'ClickHouseMetrics_ReadonlyReplica{job="clickhouse",pod="p"}': stays(2) },
    quiet: { 'ClickHouseMetrics_ReadonlyReplica{job="clickhouse",pod="p"}': stays(0) },
    labels: { pod: 'p' },
  },
})

const behind = alert('ClickHouseReplicaBehind', {
  expr: 'max by (pod) (ClickHouseAsyncMetrics_ReplicasMaxAbsoluteDelay{job="clickhouse"}) > 300',
  forMinutes: 10,
  severity: 'warning',
  says: 'Tables on {{ $labels.pod }} are five minutes behind the other replica of their shard.',
  fix: 'Look in system.replication_queue for what it cannot fetch or merge.',
  test: {
    fires: { 'ClickHouseAsyncMetrics_ReplicasMaxAbsoluteDelay{job="clickhouse",pod="p"}': stays(400) },
    quiet: { 'ClickHouseAsyncMetrics_ReplicasMaxAbsoluteDelay{job="clickhouse",pod="p"}': stays(3) },
    labels: { pod: 'p' },
  },
})

const delayed = alert('ClickHouseInsertsDelayed', {
  expr: 'sum by (pod) (rate(ClickHouseProfileEvents_DelayedInserts{job="clickhouse"}[10m])) > 0',
  forMinutes: 10,
  severity: 'warning',
  says: 'ClickHouse slows inserts on {{ $labels.pod }} down because merging does not keep up with them.',
  fix: 'Insert fewer and larger batches; look in system.parts for the table with the most parts.',
  test: {
    fires: { 'ClickHouseProfileEvents_DelayedInserts{job="clickhouse",pod="p"}': rises(2) },
    quiet: { 'ClickHouseProfileEvents_DelayedInserts{job="clickhouse",pod="p"}': stays(7) },
    labels: { pod: 'p' },
  },
})

const rejected = alert('ClickHouseInsertsRejected', {
  expr: 'sum by (pod) (increase(ClickHouseProfileEvents_RejectedInserts{job="clickhouse"}[10m])) > 0',
  forMinutes: 2,
  severity: 'critical',
  says: 'ClickHouse refuses inserts on {{ $labels.pod }}: a table has too many parts.',
  fix: 'See in system.merges whether merges run and the disk has room; analytics-service repeats its inserts meanwhile.',
  test: {
    fires: { 'ClickHouseProfileEvents_RejectedInserts{job="clickhouse",pod="p"}': rises(1) },
    quiet: { 'ClickHouseProfileEvents_RejectedInserts{job="clickhouse",pod="p"}': stays(7) },
    labels: { pod: 'p' },
  },
})

const failed = alert('ClickHouseQueriesFail', {
  expr:
    'sum(rate(ClickHouseProfileEvents_FailedQuery{job="clickhouse"}[10m])) / ' +
    'sum(rate(ClickHouseProfileEvents_Query{job="clickhouse"}[10m])) > 0.05',
  forMinutes: 10,
  severity: 'warning',
  says: 'More than one in twenty queries of ClickHouse fails.',
  fix: 'Look in system.query_log for the exceptions of the last minutes.',
  test: {
    fires: {
      'ClickHouseProfileEvents_FailedQuery{job="clickhouse",pod="p"}': rises(10),
      'ClickHouseProfileEvents_Query{job="clickhouse",pod="p"}': rises(100),
    },
    quiet: {
      'ClickHouseProfileEvents_FailedQuery{job="clickhouse",pod="p"}': rises(1),
      'ClickHouseProfileEvents_Query{job="clickhouse",pod="p"}': rises(100),
    },
    labels: {},
  },
})

const leaderless = alert('ClickHouseKeeperWithoutLeader', {
  expr: '(sum(ClickHouseAsyncMetrics_KeeperIsLeader{job="clickhouse-keeper"}) or vector(0)) != 1',
  forMinutes: 3,
  severity: 'critical',
  says: 'ClickHouse Keeper has not exactly one leader: replicated tables become read-only.',
  fix: 'See whether a majority of the keeper pods runs and reaches one another on the Raft port.',
  test: {
    fires: { 'ClickHouseAsyncMetrics_KeeperIsLeader{job="clickhouse-keeper",pod="a"}': stays(0) },
    quiet: {
      'ClickHouseAsyncMetrics_KeeperIsLeader{job="clickhouse-keeper",pod="a"}': stays(1),
      'ClickHouseAsyncMetrics_KeeperIsLeader{job="clickhouse-keeper",pod="b"}': stays(0),
    },
    labels: {},
  },
})

const follower = (followers: number): Alert =>
  alert('ClickHouseKeeperFollowerLost', {
    expr: `max(ClickHouseAsyncMetrics_KeeperSyncedFollowers{job="clickhouse-keeper"}) < ${followers}`,
    forMinutes: 10,
    severity: 'warning',
    says: 'A member of ClickHouse Keeper is down or behind: losing another one would stop replication.',
    fix: 'See which keeper pod does not run or does not catch up.',
    test: {
      fires: { 'ClickHouseAsyncMetrics_KeeperSyncedFollowers{job="clickhouse-keeper",pod="a"}': stays(followers - 1) },
      quiet: { 'ClickHouseAsyncMetrics_KeeperSyncedFollowers{job="clickhouse-keeper",pod="a"}': stays(followers) },
      labels: {},
    },
  })

/** What goes wrong in ClickHouse and its Keeper. */
export const clickhouseRules = ({ clickhouse }: ClusterEnvironment): readonly RuleGroup[] => [
  {
    name: 'clickhouse',
    rules: [
      servers(clickhouse.shards * clickhouse.replicas),
      readOnly,
      ...(clickhouse.replicas > 1 ? [behind] : []),
      delayed,
      rejected,
      failed,
      ...(clickhouse.keepers > 1 ? [leaderless, follower(clickhouse.keepers - 1)] : []),
    ],
  },
]
