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
  return {
    count: (route, status, latencyMs) => {
      const labels = { service: route?.service ?? '', route: route?.name ?? '' }
      requests.inc({ ...labels, code: status })
      latency.observe(labels, latencyMs)
    },
    text: () => registry.metrics(),
  }
}
