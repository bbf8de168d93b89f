import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Alert, alert, type RuleGroup } from '../../monitoring/rules/rule.ts'
import { rises, stays } from '../../monitoring/rules/series.ts'

const target = alert('TargetDown', {
  expr: 'sum by (job) (up == bool 0) / count by (job) (up) > 0.34',
  forMinutes: 10,
  severity: 'warning',
  says: 'A third or more of the targets of {{ $labels.job }} cannot be scraped: their alerts are blind.',
  fix: 'See on the page Targets of Prometheus what it is answered; a missing network policy shows as a timeout.',
  test: {
    fires: { 'up{job="j",instance="a"}': stays(0), 'up{job="j",instance="b"}': stays(1) },
    quiet: {
      'up{job="j",instance="a"}': stays(0),
      'up{job="j",instance="b"}': stays(1),
      'up{job="j",instance="c"}': stays(1),
    },
    labels: { job: 'j' },
  },
})

const plain = (
  name: string,
  metric: string,
  {
    expr,
    fires,
    quiet,
    ...rest
  }: Pick<Alert, 'says' | 'fix' | 'severity' | 'forMinutes' | 'expr'> & {
    readonly fires: string
    readonly quiet: string
  },
): Alert =>
  alert(name, {
    ...rest,
    expr,
    test: { fires: { [`${metric}{pod="p"}`]: fires }, quiet: { [`${metric}{pod="p"}`]: quiet }, labels: { pod: 'p' } },
  })

const reload = plain('PrometheusConfigurationRefused', 'prometheus_config_last_reload_successful', {
  expr: 'max by (pod) (prometheus_config_last_reload_successful) == 0',
  forMinutes: 10,
  severity: 'warning',
  says: '{{ $labels.pod }} refuses its newest configuration and goes on with the one before.',
  fix: 'Its log says which monitor or rule it does not understand.',
  fires: stays(0),
  quiet: stays(1),
})

const rules = plain('PrometheusRulesFail', 'prometheus_rule_evaluation_failures_total', {
  expr: 'sum by (pod) (increase(prometheus_rule_evaluation_failures_total[15m])) > 0',
  forMinutes: 5,
  severity: 'critical',
  says: '{{ $labels.pod }} cannot evaluate some rules: their alerts do not fire.',
  fix: 'See on the page Rules of Prometheus which rule fails and why.',
  fires: rises(1),
  quiet: stays(4),
})

const dropped = plain('PrometheusAlertsDropped', 'prometheus_notifications_dropped_total', {
  expr: 'sum by (pod) (increase(prometheus_notifications_dropped_total[10m])) > 0',
  forMinutes: 5,
  severity: 'critical',
  says: '{{ $labels.pod }} could not hand alerts to Alertmanager.',
  fix: 'See whether Alertmanager runs and Prometheus may reach it on port 9093.',
  fires: rises(1),
  quiet: stays(4),
})

const corrupted = plain('PrometheusStorageDamaged', 'prometheus_tsdb_wal_corruptions_total', {
  expr: 'sum by (pod) (increase(prometheus_tsdb_wal_corruptions_total[3h])) > 0',
  forMinutes: 0,
  severity: 'warning',
  says: '{{ $labels.pod }} found its newest data damaged and has dropped some.',
  fix: 'See whether its volume is full or failing; the other replica has the data.',
  fires: '0 0 1+0x90',
  quiet: stays(1),
})

const refused = plain('AlertmanagerConfigurationRefused', 'alertmanager_config_last_reload_successful', {
  expr: 'max by (pod) (alertmanager_config_last_reload_successful) == 0',
  forMinutes: 10,
  severity: 'critical',
  says: '{{ $labels.pod }} refuses its configuration.',
  fix: 'Its log says what it does not understand; the configuration is made in derive/kubernetes/monitoring/alertmanager.ts.',
  fires: stays(0),
  quiet: stays(1),
})

const unsent = alert('AlertmanagerCannotSend', {
  expr: 'sum by (integration) (increase(alertmanager_notifications_failed_total[15m])) > 0',
  forMinutes: 5,
  severity: 'critical',
  says: 'Alerts do not reach who should read them: sending by {{ $labels.integration }} fails.',
  fix: 'See whether the address in the secret alertmanager is right and may be reached on port 443.',
  test: {
    fires: { 'alertmanager_notifications_failed_total{integration="webhook",pod="p"}': rises(1) },
    quiet: { 'alertmanager_notifications_failed_total{integration="webhook",pod="p"}': stays(2) },
    labels: { integration: 'webhook' },
  },
})

const members = (count: number): Alert =>
  plain('AlertmanagerAlone', 'alertmanager_cluster_members', {
    expr: `max by (pod) (alertmanager_cluster_members) < ${count}`,
    forMinutes: 15,
    severity: 'warning',
    says: '{{ $labels.pod }} does not see the other Alertmanagers: alerts may be sent more than once.',
    fix: 'See whether the others run, and whether they may reach one another on port 9094.',
    fires: stays(1),
    quiet: stays(count),
  })

/** Fires as long as everything from Prometheus to the receiver works; the receiver worries when it stops. */
const heartbeat = alert('Heartbeat', {
  expr: 'vector(1)',
  forMinutes: 0,
  severity: 'warning',
  says: 'Alerting works.',
  fix: 'Nothing; set the receiver up to worry when this is not repeated.',
  test: { fires: {}, quiet: {}, labels: {} },
})

/** What goes wrong with what watches everything else. */
export const monitoringRules = ({ monitoring }: ClusterEnvironment): readonly RuleGroup[] => [
  {
    name: 'monitoring',
    rules: [
      target,
      reload,
      rules,
      dropped,
      corrupted,
      refused,
      unsent,
      ...(monitoring.alertmanagerReplicas > 1 ? [members(monitoring.alertmanagerReplicas)] : []),
      heartbeat,
    ],
  },
]
