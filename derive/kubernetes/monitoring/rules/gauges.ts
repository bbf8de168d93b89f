import { type GaugeAlert, type GaugeShape, metricName, type PlatformShape } from '@knowton/core'
import { type Alert, alert, type RuleGroup } from './rule.ts'
import { stays } from './series.ts'

/** The alerts that services declare on their own gauges. */
export const gaugeRules = (platform: PlatformShape): readonly RuleGroup[] =>
  Object.values(platform.services).flatMap((service) => {
    const rules = Object.entries(service.gauges ?? {}).flatMap(([key, gauge]) =>
      Object.entries(gauge.alerts).map(([name, declared]) => gaugeAlert(service.name, { name, key, gauge, declared })),
    )
    return rules.length === 0 ? [] : [{ name: `gauges-${service.name}`, rules }]
  })

type Declared = {
  readonly name: string
  readonly key: string
  readonly gauge: GaugeShape
  readonly declared: GaugeAlert
}

/** Every process of a service measures the same thing; the worst of them counts. */
const gaugeAlert = (service: string, { name, key, gauge, declared }: Declared): Alert => {
  const { when, threshold, forMinutes, severity, says, fix } = declared
  const labels = Object.fromEntries(gauge.labels.map((label) => [label, 'any']))
  const by = ['service', ...gauge.labels].join(', ')
  const sign = when === 'above' ? '>' : '<'
  const worst = when === 'above' ? 'max' : 'min'
  const series = `${metricName(key)}{${Object.entries({ service, ...labels })
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`
  const beyond = threshold === 0 ? 1 : threshold / 2
  const high = threshold + beyond
  const low = threshold - beyond
  return alert(name, {
    expr: `${worst} by (${by}) (${metricName(key)}) ${sign} ${threshold}`,
    forMinutes,
    severity,
    says,
    fix,
    test: {
      fires: { [series]: stays(when === 'above' ? high : low) },
      quiet: { [series]: stays(when === 'above' ? low : high) },
      labels: { service, ...labels },
    },
  })
}
