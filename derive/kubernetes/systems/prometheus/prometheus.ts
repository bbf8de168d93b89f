import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { beside } from '../../loads.ts'
import { podTarget } from '../../targets.ts'
import type { System } from '../system.ts'
import { alertmanagerComponent } from './alertmanager.ts'
import { monitoringRules } from './alerts.ts'
import { prometheusComponent } from './component.ts'
import { prometheusFlows, prometheusPeers } from './flows.ts'
import { PROMETHEUS, prometheusAddress } from './names.ts'

export const prometheus: System = {
  namespace: 'monitoring',
  pods: PROMETHEUS.pods,
  ports: PROMETHEUS.ports,
  address: prometheusAddress,
  objects: (cluster) => [prometheusComponent(cluster), alertmanagerComponent(cluster.platform, cluster.environment)],
  flows: prometheusFlows,
  clients: undefined,
  loads: ({ monitoring }: ClusterEnvironment) => [
    {
      what: 'Prometheus',
      pods: monitoring.prometheusReplicas,
      containers: [monitoring.prometheus, beside],
      volumes: [monitoring.prometheusStorage],
    },
    {
      what: 'Alertmanager',
      pods: monitoring.alertmanagerReplicas,
      containers: [monitoring.alertmanager, beside],
      volumes: [monitoring.alertmanagerStorage],
    },
  ],
  secrets: () => ({
    alertmanager: { webhookUrl: { kind: 'supplied', what: 'the https address that alerts are posted to' } },
  }),
  identities: () => [],
  targets: (environment) => {
    const { prometheus, alertmanager } = prometheusPeers(environment)
    return [
      podTarget('prometheus', prometheus, PROMETHEUS.ports.prometheus),
      podTarget('alertmanager', alertmanager, PROMETHEUS.ports.alertmanager),
    ]
  },
  metrics: {
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
  },
  alerts: (environment) => ({ monitoring: monitoringRules(environment) }),
  dashboard: () => undefined,
}
