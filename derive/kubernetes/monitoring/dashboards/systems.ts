import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { names } from '../../names.ts'
import { bars, type Dashboard, figure, graph } from './panel.ts'

const line = (expr: string, legend = '{{pod}}') => [{ expr, legend }]
const rate = (metric: string, by: string, matchers = '') => `sum by (${by}) (rate(${metric}${matchers}[5m]))`
const quantile = (share: number, metric: string, by = '') =>
  `histogram_quantile(${share}, sum by (le${by === '' ? '' : `, ${by}`}) (rate(${metric}_bucket[5m])))`

const gateway: Dashboard = {
  uid: 'gateway',
  title: 'Gateway',
  about: 'What reaches the platform from outside.',
  rows: [
    {
      title: 'Requests',
      panels: [
        graph('By service', 'reqps', line(rate('kong_http_requests_total', 'service'), '{{service}}')),
        graph(
          'Failing by service',
          'reqps',
          line(rate('kong_http_requests_total', 'service, code', '{code=~"5.."}'), '{{service}} {{code}}'),
        ),
        graph(
          'Refused for making too many',
          'reqps',
          line(rate('kong_http_requests_total', 'service', '{code="429"}'), '{{service}}'),
        ),
        graph(
          'Whole time, slowest twentieth',
          'ms',
          line(quantile(0.95, 'kong_request_latency_ms', 'service'), '{{service}}'),
        ),
        graph(
          'In services, slowest twentieth',
          'ms',
          line(quantile(0.95, 'kong_upstream_latency_ms', 'service'), '{{service}}'),
        ),
        graph('In the gateway, slowest hundredth', 'ms', line(quantile(0.99, 'kong_kong_latency_ms'), 'gateway')),
        graph(
          'Connections',
          'short',
          line('sum by (state) (kong_nginx_connections_total{state=~"active|reading|writing|waiting"})', '{{state}}'),
          24,
        ),
      ],
    },
  ],
}

const kafka: Dashboard = {
  uid: 'kafka',
  title: 'Kafka',
  about: 'Brokers, partitions and how far consumers are.',
  rows: [
    {
      title: 'Now',
      panels: [
        figure('Brokers', 'short', 'count(kafka_server_replicamanager_leadercount)'),
        figure('Active controllers', 'short', 'sum(kafka_controller_kafkacontroller_activecontrollercount)'),
        figure('Partitions offline', 'short', 'sum(kafka_controller_kafkacontroller_offlinepartitionscount)', 1),
        figure('Partitions read-only', 'short', 'sum(kafka_server_replicamanager_underminisrpartitioncount)', 1),
        figure('Partitions behind', 'short', 'sum(kafka_server_replicamanager_underreplicatedpartitions)', 1),
        figure('Replicas', 'short', 'sum(kafka_server_replicamanager_partitioncount)'),
      ],
    },
    {
      title: 'Records',
      panels: [
        graph(
          'Written',
          'cps',
          line('sum by (topic) (rate(kafka_topic_partition_current_offset{topic!~"__.+"}[5m]))', '{{topic}}'),
          12,
        ),
        graph(
          'Consumers behind',
          'short',
          line('sum by (consumergroup, topic) (kafka_consumergroup_lag)', '{{consumergroup}} {{topic}}'),
          12,
        ),
      ],
    },
  ],
}

const postgres: Dashboard = {
  uid: 'postgres',
  title: 'PostgreSQL',
  about: 'Instances, connections, replication and backups.',
  rows: [
    {
      title: 'Now',
      panels: [
        figure('Instances', 'short', 'sum(cnpg_collector_up)'),
        figure('Replica behind', 's', 'max(cnpg_pg_replication_lag)', 60),
        figure(
          'Last backup',
          's',
          'time() - max(barman_cloud_cloudnative_pg_io_last_available_backup_timestamp)',
          180_000,
        ),
        figure(
          'Restorable since',
          'dateTimeAsIso',
          '1000 * min(barman_cloud_cloudnative_pg_io_first_recoverability_point > 0)',
          undefined,
          6,
        ),
        figure('Longest transaction', 's', 'max(cnpg_backends_max_tx_duration_seconds)', 900),
      ],
    },
    {
      title: 'Work',
      panels: [
        graph('Transactions', 'cps', line(rate('cnpg_pg_stat_database_xact_commit', 'datname'), '{{datname}}')),
        graph('Rolled back', 'cps', line(rate('cnpg_pg_stat_database_xact_rollback', 'datname'), '{{datname}}')),
        graph('Deadlocks', 'cps', line(rate('cnpg_pg_stat_database_deadlocks', 'datname'), '{{datname}}')),
        graph('Connections', 'short', line('sum by (datname) (cnpg_backends_total)', '{{datname}}')),
        graph('Pooler: clients', 'short', line('sum by (database) (cnpg_pgbouncer_pools_cl_active)', '{{database}}')),
        graph(
          'Pooler: clients that wait',
          'short',
          line('sum by (database) (cnpg_pgbouncer_pools_cl_waiting)', '{{database}}'),
        ),
        bars('Size', 'bytes', { expr: 'max by (datname) (cnpg_pg_database_size_bytes)', legend: '{{datname}}' }, 24),
      ],
    },
  ],
}

const clickhouse: Dashboard = {
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

const redis: Dashboard = {
  uid: 'redis',
  title: 'Redis',
  about: 'The cluster that caches, and the Redis that counts requests.',
  rows: [
    {
      title: 'All',
      panels: [
        graph('Commands', 'ops', line(rate('redis_commands_processed_total', 'pod'))),
        graph('Memory in use', 'percentunit', line('redis_memory_used_bytes / (redis_memory_max_bytes > 0)')),
        graph(
          'Found of what was asked for',
          'percentunit',
          line(
            'sum by (job) (rate(redis_keyspace_hits_total[5m])) / sum by (job) (rate(redis_keyspace_hits_total[5m]) + rate(redis_keyspace_misses_total[5m]))',
            '{{job}}',
          ),
        ),
        graph('Keys thrown away', 'ops', line(rate('redis_evicted_keys_total', 'pod'))),
        graph('Clients', 'short', line('redis_connected_clients')),
        graph('Followers with a leader', 'short', line('redis_master_link_up')),
      ],
    },
  ],
}

const weaviate: Dashboard = {
  uid: 'weaviate',
  title: 'Weaviate',
  about: 'Search by likeness.',
  rows: [
    {
      title: 'All',
      panels: [
        graph(
          'Searches',
          'reqps',
          line('sum by (query_type) (rate(queries_durations_ms_count{job="weaviate"}[5m]))', '{{query_type}}'),
        ),
        graph(
          'Slowest twentieth',
          'ms',
          line(
            'histogram_quantile(0.95, sum by (le) (rate(queries_durations_ms_bucket{job="weaviate"}[5m])))',
            'searches',
          ),
        ),
        graph('Objects', 'short', line('sum by (class_name) (object_count{job="weaviate"})', '{{class_name}}')),
      ],
    },
  ],
}

const inference = ({ inference: { backend, gpus } }: ClusterEnvironment): Dashboard => {
  const of = `{job="${names.inference}"}`
  const [served, failed, waited, took] =
    backend === 'torchserve'
      ? [
          'ts_inference_requests_total',
          'Requests5XX',
          'ts_queue_latency_microseconds',
          'ts_inference_latency_microseconds',
        ]
      : [
          'nv_inference_request_success',
          'nv_inference_request_failure',
          'nv_inference_queue_duration_us',
          'nv_inference_request_duration_us',
        ]
  const average = (total: string) => `sum(rate(${total}${of}[5m])) / sum(rate(${served}${of}[5m]))`
  return {
    uid: 'inference',
    title: 'Inference',
    about: 'Models that answer services.',
    rows: [
      {
        title: 'Requests',
        panels: [
          graph('Answered', 'reqps', line(rate(served, 'pod', of)), 6),
          graph('Failed', 'reqps', line(rate(failed, 'pod', of)), 6),
          graph('Wait on average', 'µs', line(average(waited), 'wait'), 6),
          graph('Time on average', 'µs', line(average(took), 'time'), 6),
        ],
      },
      ...(gpus === 0
        ? []
        : [
            {
              title: 'GPUs',
              panels: [
                graph('Use', 'percent', line('DCGM_FI_DEV_GPU_UTIL', '{{Hostname}} {{gpu}}'), 12),
                graph('Memory in use', 'decmbytes', line('DCGM_FI_DEV_FB_USED', '{{Hostname}} {{gpu}}'), 12),
              ],
            },
          ]),
    ],
  }
}

const cluster: Dashboard = {
  uid: 'cluster',
  title: 'Cluster',
  about: 'Nodes, volumes and pods.',
  rows: [
    {
      title: 'Nodes',
      panels: [
        graph(
          'Processor',
          'percentunit',
          line('1 - avg by (node) (rate(node_cpu_seconds_total{mode="idle"}[5m]))', '{{node}}'),
        ),
        graph(
          'Memory in use',
          'percentunit',
          line('1 - min by (node) (node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)', '{{node}}'),
        ),
        graph(
          'Disk in use',
          'percentunit',
          line(
            '1 - min by (node) (node_filesystem_avail_bytes{mountpoint="/"} / node_filesystem_size_bytes{mountpoint="/"})',
            '{{node}}',
          ),
        ),
      ],
    },
    {
      title: 'Volumes',
      panels: [
        bars(
          'In use',
          'percentunit',
          {
            expr: '1 - kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes',
            legend: '{{persistentvolumeclaim}}',
          },
          24,
        ),
      ],
    },
    {
      title: 'Pods',
      panels: [
        graph(
          'Processor',
          'short',
          line('sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{container!=""}[5m]))'),
        ),
        graph('Memory', 'bytes', line('sum by (namespace, pod) (container_memory_working_set_bytes{container!=""})')),
        graph(
          'Restarts in an hour',
          'short',
          line('sum by (namespace, pod) (increase(kube_pod_container_status_restarts_total[1h])) > 0'),
        ),
      ],
    },
  ],
}

/** A page per system that the platform stands on. */
export const systemDashboards = (environment: ClusterEnvironment): readonly Dashboard[] => [
  gateway,
  kafka,
  postgres,
  clickhouse,
  redis,
  weaviate,
  inference(environment),
  cluster,
]
