import { type GaugeShape, metricName } from '@knowton/core'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Measured } from './gauges.ts'

/** The numbers of one process, as Prometheus reads them. */
export type Metrics = {
  readonly requestDone: (route: string, method: string, status: number, seconds: number) => void
  readonly eventsAppended: (topic: string, count: number) => void
  readonly eventsHandled: (topic: string, count: number) => void
  readonly keyParked: (topic: string) => void
  /** Asked at each scrape: how many facts of each topic are still to be applied, how many keys are parked. */
  readonly observeConsumers: (observe: () => Promise<readonly ConsumerFigures[]>) => void
  /** Asked at each scrape: which jobs were started again after a failure. */
  readonly observeJobs: (observe: () => readonly JobFigures[]) => void
  /** Asked at each scrape: the gauges that the service declares. */
  readonly observeGauges: (declared: Readonly<Record<string, GaugeShape>>, measure: () => Promise<Measured>) => void
  readonly contentType: string
  readonly text: () => Promise<string>
}
export type ConsumerFigures = { readonly topic: string; readonly lag: number; readonly parkedKeys: number }
export type JobFigures = { readonly name: string; readonly state: 'running' | 'failing' }

/** 1 ms … 10 s: most routes answer within a few milliseconds, none may take longer than its time. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Starts counting. */
export const createMetrics = (service: string): Metrics => {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, by route.',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers,
  })
  const byTopic = ['topic'] as const
  const appended = new Counter({
    name: 'events_appended_total',
    help: 'Facts published.',
    labelNames: byTopic,
    registers,
  })
  const handled = new Counter({ name: 'events_handled_total', help: 'Facts applied.', labelNames: byTopic, registers })
  const parkings = new Counter({
    name: 'events_parked_total',
    help: 'Facts that parked their key.',
    labelNames: byTopic,
    registers,
  })
  const observeConsumers = consumerGauges(registry)
  const observeJobs = jobGauge(registry)
  const observed = declaredGauges(registry)
  return {
    requestDone: (route, method, status, seconds) => requests.labels(route, method, String(status)).observe(seconds),
    eventsAppended: (topic, count) => appended.labels(topic).inc(count),
    eventsHandled: (topic, count) => handled.labels(topic).inc(count),
    keyParked: (topic) => parkings.labels(topic).inc(),
    observeConsumers,
    observeJobs,
    observeGauges: observed.observe,
    contentType: registry.contentType,
    text: async () => {
      await observed.measure()
      return registry.metrics()
    },
  }
}

const consumerGauges = (registry: Registry): Metrics['observeConsumers'] => {
  let observe: () => Promise<readonly ConsumerFigures[]> = async () => []
  const options = { labelNames: ['topic'] as const, registers: [registry] }
  const parkedKeys = new Gauge({ name: 'events_parked_keys', help: 'Keys parked now.', ...options })
  const lag = new Gauge({
    name: 'events_lag',
    help: 'Facts of a topic that are published and not yet applied here.',
    ...options,
    collect: async () => {
      for (const figures of await observe()) {
        lag.set({ topic: figures.topic }, figures.lag)
        parkedKeys.set({ topic: figures.topic }, figures.parkedKeys)
      }
    },
  })
  return (asked) => {
    observe = asked
  }
}

const jobGauge = (registry: Registry): Metrics['observeJobs'] => {
  let observe: () => readonly JobFigures[] = () => []
  const failing = new Gauge({
    name: 'job_failing',
    help: '1 while a background job is started again after a failure.',
    // not `job`: Prometheus gives that label to what it scrapes
    labelNames: ['task'] as const,
    registers: [registry],
    collect: () => {
      for (const { name, state } of observe()) failing.set({ task: name }, state === 'failing' ? 1 : 0)
    },
  })
  return (asked) => {
    observe = asked
  }
}

const declaredGauges = (registry: Registry) => {
  let measure: () => Promise<Measured> = async () => ({})
  const gauges = new Map<string, Gauge>()
  const failed = new Gauge({
    name: 'gauge_failed',
    help: '1 when a gauge could not be measured; it is absent then.',
    labelNames: ['gauge'] as const,
    registers: [registry],
  })
  const observe: Metrics['observeGauges'] = (declared, asked) => {
    measure = asked
    for (const [key, { summary, labels }] of Object.entries(declared)) {
      const name = metricName(key)
      gauges.set(key, new Gauge({ name, help: summary, labelNames: [...labels], registers: [registry] }))
    }
  }
  return {
    observe,
    measure: async () => {
      const measured = await measure()
      for (const [key, gauge] of gauges) {
        const readings = measured[key]
        failed.set({ gauge: metricName(key) }, readings === undefined ? 1 : 0)
        gauge.reset()
        for (const { labels = {}, value } of readings ?? []) gauge.set(labels, value)
      }
    },
  }
}
