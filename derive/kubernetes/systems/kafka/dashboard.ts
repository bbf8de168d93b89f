import { type Dashboard, figure, graph, line } from '../../monitoring/dashboards/panel.ts'

export const kafkaDashboard: Dashboard = {
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
