import { metricName } from '@knowton/core'
import { serviceMetrics } from '@knowton/derive'
import { platform } from '@knowton/system'
import { expect, inject, test } from 'vitest'
import { readRunRecord } from '../story/run-record.ts'

/** Names of metrics as a scrape announces them, with or without samples. */
const announced = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name))

test.each(Object.values(platform.services))(
  'alerts and dashboards read only what $name really exposes',
  async (service) => {
    const { services } = await readRunRecord(inject('platformHome'))
    const names = announced(await (await fetch(`${services[service.name]?.url}/metrics`)).text())
    const gauges = Object.keys('gauges' in service ? service.gauges : {}).map((gauge) => metricName(gauge))
    const read = [...serviceMetrics.filter((name) => name !== 'gauge_failed' || gauges.length > 0), ...gauges]
    expect(read.filter((name) => !names.has(name))).toEqual([])
  },
)
