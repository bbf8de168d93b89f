import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The numbers of one process, as Prometheus reads them. */
export type Metrics = {
  readonly requestDone: (route: string, method: string, status: number, seconds: number) => void
  readonly eventsAppended: (topic: string, count: number) => void
  readonly eventsHandled: (topic: string, count: number) => void
  readonly keyParked: (topic: string) => void
  /** Asked at each scrape: how many facts of each topic are still to be applied, how many keys are parked. */
  readonly observeConsumers: (observe: () => Promise<readonly ConsumerFigures[]>) => void
  readonly contentType: string
  readonly text: () => Promise<string>
}
export type ConsumerFigures = { readonly topic: string; readonly lag: number; readonly parkedKeys: number }

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
  let observe: () => Promise<readonly ConsumerFigures[]> = async () => []
  const parkedKeys = new Gauge({ name: 'events_parked_keys', help: 'Keys parked now.', labelNames: byTopic, registers })
  const lag = new Gauge({
    name: 'events_lag',
    help: 'Facts of a topic that are published and not yet applied here.',
    labelNames: byTopic,
    registers,
    collect: async () => {
      for (const figures of await observe()) {
        lag.set({ topic: figures.topic }, figures.lag)
        parkedKeys.set({ topic: figures.topic }, figures.parkedKeys)
      }
    },
  })
  return {
    requestDone: (route, method, status, seconds) => requests.labels(route, method, String(status)).observe(seconds),
    eventsAppended: (topic, count) => appended.labels(topic).inc(count),
    eventsHandled: (topic, count) => handled.labels(topic).inc(count),
    keyParked: (topic) => parkings.labels(topic).inc(),
    observeConsumers: (asked) => {
      observe = asked
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}
