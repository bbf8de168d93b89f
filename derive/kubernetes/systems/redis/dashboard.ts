import { type Dashboard, graph, line, rate } from '../../monitoring/dashboards/panel.ts'

export const redisDashboard: Dashboard = {
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
