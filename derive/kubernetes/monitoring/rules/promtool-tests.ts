import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { toYaml } from '../../parts/yaml.ts'
import { clusterOf } from '../../systems/systems.ts'
import { ruleSets } from './groups.ts'
import type { Alert, RuleGroup, Series } from './rule.ts'
import { annotationsOf } from './rule-files.ts'

/**
 * Unit tests of all alerts for `promtool test rules`, text by path, `services.test.yaml` beside the rules’
 * `services.yaml`: each alert fires on series that should make it and is quiet on series that should not.
 */
export const promtoolTests = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(ruleSets(clusterOf(platform, environment))).flatMap(([name, groups]) => {
      const tests = alertsOf(groups).flatMap(testsOf)
      if (tests.length === 0) return []
      return [[`${name}.test.yaml`, toYaml([{ rule_files: [`${name}.yaml`], evaluation_interval: '1m', tests }])]]
    }),
  )

const alertsOf = (groups: readonly RuleGroup[]): readonly Alert[] =>
  groups.flatMap(({ rules }) => rules.flatMap((rule) => (rule.kind === 'alert' ? [rule] : [])))

const testsOf = (alert: Alert) => {
  const { fires, quiet, labels } = alert.test
  const expected = { exp_labels: { ...labels, severity: alert.severity }, exp_annotations: filledIn(alert, labels) }
  return [
    testOf(alert, `${alert.name} fires`, fires, [expected]),
    ...(Object.keys(quiet).length === 0 ? [] : [testOf(alert, `${alert.name} is quiet`, quiet, [])]),
  ]
}

const testOf = ({ name, forMinutes, test }: Alert, title: string, series: Series, expected: readonly object[]) => ({
  name: title,
  interval: '1m',
  input_series: Object.entries(series).map(([labels, values]) => ({ series: labels, values })),
  alert_rule_test: [{ eval_time: `${test.atMinute ?? forMinutes + 15}m`, alertname: name, exp_alerts: expected }],
})

/** Annotations with the labels put in, as Prometheus does. */
const filledIn = (alert: Alert, labels: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(annotationsOf(alert)).map(([name, text]) => [
      name,
      text.replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? ''),
    ]),
  )
