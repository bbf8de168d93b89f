import { type Dashboard, graph, line } from '../../monitoring/dashboards/panel.ts'

export const weaviateDashboard: Dashboard = {
  uid: 'weaviate',
  title: 'Weaviate',
  about: 'Vector search: works that are alike.',
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
          'Search latency p95: slowest twentieth',
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
