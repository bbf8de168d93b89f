/** What kit/telemetry/metrics.ts exposes of every service; what a service declares as gauges comes on top. */
export const serviceMetrics: readonly string[] = [
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
]
