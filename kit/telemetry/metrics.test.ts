import type { GaugeShape } from '@knowton/core'
import { expect, test } from 'vitest'
import { type Measured, measureAll, type Reading } from './gauges.ts'
import type { Fields, Log } from './log.ts'
import { createMetrics, type JobFigures } from './metrics.ts'

const depth: GaugeShape = { summary: 'How deep.', subject: 'Sea', labels: ['place'], alerts: {} }
const declared = { seaDepthMetres: depth }
const readings = (...values: readonly Reading[]): Measured => ({ seaDepthMetres: values })

const linesOf = async (metrics: { readonly text: () => Promise<string> }, name: string) =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(`${name}{`))

test('a declared gauge is measured anew each time the metrics are read', async () => {
  const metrics = createMetrics('diver')
  let here = 0
  metrics.observeGauges(declared, async () => {
    here += 10
    return readings({ value: here, labels: { place: 'here' } })
  })
  expect(await linesOf(metrics, 'sea_depth_metres')).toEqual(['sea_depth_metres{place="here",service="diver"} 10'])
  expect(await linesOf(metrics, 'sea_depth_metres')).toEqual(['sea_depth_metres{place="here",service="diver"} 20'])
})

test('a label that is no longer measured goes away', async () => {
  const metrics = createMetrics('diver')
  let places: readonly string[] = ['here', 'there']
  metrics.observeGauges(declared, async () => readings(...places.map((place) => ({ value: 1, labels: { place } }))))
  expect(await linesOf(metrics, 'sea_depth_metres')).toHaveLength(2)
  places = ['there']
  expect(await linesOf(metrics, 'sea_depth_metres')).toEqual(['sea_depth_metres{place="there",service="diver"} 1'])
})

test('a gauge that could not be measured is absent and says so; nothing else is lost', async () => {
  const metrics = createMetrics('diver')
  metrics.observeGauges(declared, async () => ({ seaDepthMetres: undefined }))
  metrics.keyParked('caught')
  expect(await linesOf(metrics, 'sea_depth_metres')).toEqual([])
  expect(await linesOf(metrics, 'gauge_failed')).toEqual(['gauge_failed{gauge="sea_depth_metres",service="diver"} 1'])
  expect(await linesOf(metrics, 'events_parked_total')).toEqual([
    'events_parked_total{topic="caught",service="diver"} 1',
  ])
})

test('one gauge that fails does not keep the others from being measured, and is logged by name', async () => {
  const warned: Fields[] = []
  const ignore = () => undefined
  const log: Log = {
    debug: ignore,
    info: ignore,
    warn: (_message, fields) => void warned.push(fields ?? {}),
    error: ignore,
    with: () => log,
  }
  const gauges = {
    broken: () => Promise.reject(new Error('no rope')),
    whole: async ({ ports }: { readonly ports: number }) => [{ value: ports }],
  }
  const measured = await measureAll(gauges, { ports: 7, clock: () => new Date(0), log })
  expect(measured).toEqual({ broken: undefined, whole: [{ value: 7 }] })
  expect(warned).toMatchObject([{ gauge: 'broken' }])
})

test('a job counts as failing while it is started again, and no longer once it runs', async () => {
  const metrics = createMetrics('diver')
  let state: JobFigures['state'] = 'failing'
  metrics.observeJobs(() => [{ name: 'dive', state }])
  expect(await linesOf(metrics, 'job_failing')).toEqual(['job_failing{task="dive",service="diver"} 1'])
  state = 'running'
  expect(await linesOf(metrics, 'job_failing')).toEqual(['job_failing{task="dive",service="diver"} 0'])
})
