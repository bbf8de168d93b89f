import { bars, type Dashboard, graph, line } from '../../monitoring/dashboards/panel.ts'

export const kubernetesDashboard: Dashboard = {
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
