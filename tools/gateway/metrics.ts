import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { GatewayRoute } from './router.ts'

/** Counts requests under the names of Kong's prometheus plugin. */
export type Metrics = {
  readonly count: (route: GatewayRoute | undefined, status: number, latencyMs: number) => void
  /** In the Prometheus text format. */
  readonly text: () => Promise<string>
}

/** Makes the counters of one gateway. */
export const createMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'kong_http_requests_total',
    help: 'HTTP status codes per service and route',
    labelNames: ['service', 'route', 'code'] as const,
    registers: [registry],
  })
  const latency = new Histogram({
    name: 'kong_request_latency_ms',
    help: 'Time from the first byte of a request to the end of its answer',
    labelNames: ['service', 'route'] as const,
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000, 30_000],
    registers: [registry],
  })
  const requestsOf = new Map<string, ReturnType<typeof requests.labels>>()
  const latencyOf = new Map<string, ReturnType<typeof latency.labels>>()
  return {
    count: (route, status, latencyMs) => {
      const { service = '', name = '' } = route ?? {}
      const key = `${name} ${status}`
      remembered(requestsOf, key, () => requests.labels(service, name, String(status))).inc()
      remembered(latencyOf, name, () => latency.labels(service, name)).observe(latencyMs)
    },
    text: () => registry.metrics(),
  }
}

/** Label sets are few and looking one up in prom-client costs more than counting. */
const remembered = <T>(known: Map<string, T>, key: string, make: () => T): T => {
  const found = known.get(key) ?? make()
  known.set(key, found)
  return found
}
