import { bars, type Dashboard, figure, graph, line, rate } from '../../monitoring/dashboards/panel.ts'

export const postgresDashboard: Dashboard = {
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
