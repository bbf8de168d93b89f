/**
 * Every metric that an alert or a dashboard reads, by what exposes it; histograms by their base name. Sources: the
 * code and documentation of each exporter in the version that is installed.
 */
const exposed = {
  /** kit/telemetry/metrics.ts; what a service declares as gauges comes on top. */
  services: [
    'http_request_duration_seconds',
    'events_appended_total',
    'events_handled_total',
    'events_parked_keys',
    'events_lag',
    'job_failing',
    'gauge_failed',
    'process_start_time_seconds',
    'process_cpu_seconds_total',
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_p99_seconds',
    'nodejs_heap_size_used_bytes',
  ],
  /** Kong 3.9, plugin prometheus with status codes and latencies. */
  gateway: [
    'kong_http_requests_total',
    'kong_request_latency_ms',
    'kong_upstream_latency_ms',
    'kong_kong_latency_ms',
    'kong_nginx_connections_total',
  ],
  /** Strimzi Metrics Reporter: names of Kafka’s MBeans, lower case. */
  kafka: [
    'kafka_controller_kafkacontroller_activecontrollercount',
    'kafka_controller_kafkacontroller_offlinepartitionscount',
    'kafka_server_replicamanager_leadercount',
    'kafka_server_replicamanager_partitioncount',
    'kafka_server_replicamanager_underminisrpartitioncount',
    'kafka_server_replicamanager_underreplicatedpartitions',
  ],
  'kafka-exporter': ['kafka_consumergroup_lag', 'kafka_topic_partition_current_offset'],
  /** CloudNativePG’s exporter with its default queries, and the barman-cloud plugin beside it. */
  postgres: [
    'barman_cloud_cloudnative_pg_io_first_recoverability_point',
    'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp',
    'cnpg_backends_max_tx_duration_seconds',
    'cnpg_backends_total',
    'cnpg_collector_up',
    'cnpg_pg_database_size_bytes',
    'cnpg_pg_database_xid_age',
    'cnpg_pg_replication_in_recovery',
    'cnpg_pg_replication_is_wal_receiver_up',
    'cnpg_pg_replication_lag',
    'cnpg_pg_settings_setting',
    'cnpg_pg_stat_archiver_last_archived_time',
    'cnpg_pg_stat_archiver_last_failed_time',
    'cnpg_pg_stat_database_deadlocks',
    'cnpg_pg_stat_database_xact_commit',
    'cnpg_pg_stat_database_xact_rollback',
  ],
  'postgres-pooler': [
    'cnpg_pgbouncer_pools_cl_active',
    'cnpg_pgbouncer_pools_cl_waiting',
    'cnpg_pgbouncer_pools_maxwait',
  ],
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
  /** redis_exporter. */
  redis: [
    'redis_cluster_slots_fail',
    'redis_cluster_state',
    'redis_commands_processed_total',
    'redis_connected_clients',
    'redis_evicted_keys_total',
    'redis_keyspace_hits_total',
    'redis_keyspace_misses_total',
    'redis_master_link_up',
    'redis_memory_max_bytes',
    'redis_memory_used_bytes',
    'redis_rdb_last_bgsave_status',
    'redis_up',
  ],
  /** weaviate/usecases/monitoring/prometheus.go. */
  weaviate: ['object_count', 'queries_durations_ms', 'weaviate_vector_index_memory_allocation_rejected_total'],
  torchserve: [
    'Requests5XX',
    'ts_inference_latency_microseconds',
    'ts_inference_requests_total',
    'ts_queue_latency_microseconds',
  ],
  triton: [
    'nv_inference_queue_duration_us',
    'nv_inference_request_duration_us',
    'nv_inference_request_failure',
    'nv_inference_request_success',
  ],
  gpu: ['DCGM_FI_DEV_FB_USED', 'DCGM_FI_DEV_GPU_UTIL', 'DCGM_FI_DEV_XID_ERRORS'],
  'kube-state-metrics': [
    'kube_deployment_spec_replicas',
    'kube_deployment_status_replicas_available',
    'kube_horizontalpodautoscaler_spec_max_replicas',
    'kube_horizontalpodautoscaler_status_current_replicas',
    'kube_job_status_failed',
    'kube_node_status_condition',
    'kube_pod_container_status_last_terminated_reason',
    'kube_pod_container_status_restarts_total',
    'kube_pod_container_status_waiting_reason',
    'kube_pod_status_phase',
    'kube_statefulset_replicas',
    'kube_statefulset_status_replicas_ready',
  ],
  kubelet: [
    'kubelet_volume_stats_available_bytes',
    'kubelet_volume_stats_capacity_bytes',
    'kubelet_volume_stats_inodes',
    'kubelet_volume_stats_inodes_free',
  ],
  cadvisor: [
    'container_cpu_cfs_periods_total',
    'container_cpu_cfs_throttled_periods_total',
    'container_cpu_usage_seconds_total',
    'container_memory_working_set_bytes',
  ],
  'node-exporter': [
    'node_cpu_seconds_total',
    'node_filesystem_avail_bytes',
    'node_filesystem_size_bytes',
    'node_memory_MemAvailable_bytes',
    'node_memory_MemTotal_bytes',
  ],
  'cert-manager': ['certmanager_certificate_expiration_timestamp_seconds', 'certmanager_certificate_ready_status'],
  'external-secrets': ['externalsecret_status_condition'],
  prometheus: [
    'prometheus_config_last_reload_successful',
    'prometheus_notifications_dropped_total',
    'prometheus_rule_evaluation_failures_total',
    'prometheus_tsdb_wal_corruptions_total',
    'up',
  ],
  alertmanager: [
    'alertmanager_cluster_members',
    'alertmanager_config_last_reload_successful',
    'alertmanager_notifications_failed_total',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Exporter = keyof typeof exposed

/** The metrics that are read of one exporter. */
export const metricsOf = (exporter: Exporter): readonly string[] => exposed[exporter]

/** The metrics that are read of any. */
export const allMetrics: readonly string[] = Object.values(exposed).flat()
