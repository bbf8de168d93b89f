import type { PlatformShape } from '@knowton/core'
import { stringify } from 'yaml'

/** One receiver: whatever reads the JSON that Alertmanager posts. */
const RECEIVER = 'webhook'

/**
 * Who is told what, how often, and what is not told again. `{{ .webhookUrl }}` is put in when the Secret is made, so
 * nothing else in it may look like a template.
 */
export const alertmanagerConfig = (platform: PlatformShape): string =>
  stringify(
    {
      route: {
        receiver: RECEIVER,
        group_by: ['alertname', 'service'],
        group_wait: '30s',
        group_interval: '5m',
        repeat_interval: '12h',
        routes: [
          // the receiver worries when this one stops
          {
            receiver: RECEIVER,
            matchers: ['alertname = Heartbeat'],
            group_wait: '0s',
            group_interval: '1m',
            repeat_interval: '5m',
          },
          { receiver: RECEIVER, matchers: ['severity = critical'], group_wait: '10s', repeat_interval: '1h' },
        ],
      },
      inhibit_rules: [...consequences, ...sameGauge(platform)],
      receivers: [
        { name: RECEIVER, webhook_configs: [{ url: '{{ .webhookUrl }}', send_resolved: true, max_alerts: 0 }] },
      ],
    },
    { lineWidth: 0 },
  )

const mutes = (source: string, targets: readonly string[], equal: readonly string[]) => ({
  source_matchers: [source],
  target_matchers: [`alertname =~ "${targets.join('|')}"`],
  equal,
})

/** What follows from something that is told already. */
const consequences = [
  mutes('alertname = RequestsFail', ['RequestsFailSlowly'], ['service']),
  mutes('alertname = RequestsSlow', ['RequestsSlowSteadily'], ['service']),
  mutes(
    'alertname =~ "ServiceGone.+"',
    ['RequestsFail', 'RequestsFailSlowly', 'EventsStuck', 'EventsLagging'],
    ['service'],
  ),
  mutes('alertname = DeploymentGone', ['ReplicasMissing'], ['namespace', 'deployment']),
  mutes('alertname = VolumeAlmostFull', ['VolumeFilling'], ['namespace', 'persistentvolumeclaim']),
  mutes('alertname = ClickHouseInsertsRejected', ['ClickHouseInsertsDelayed'], ['pod']),
  mutes('alertname = KafkaBrokersMissing', ['KafkaUnderReplicated'], []),
]

/** A gauge that is far beyond its bounds is not told of twice. */
const sameGauge = (platform: PlatformShape) =>
  Object.values(platform.services).flatMap(({ gauges = {} }) =>
    Object.values(gauges).flatMap(({ alerts, labels }) => {
      const named = (severity: string) => Object.keys(alerts).filter((name) => alerts[name]?.severity === severity)
      const warnings = named('warning')
      return warnings.length === 0
        ? []
        : named('critical').map((name) => mutes(`alertname = ${name}`, warnings, ['service', ...labels]))
    }),
  )
