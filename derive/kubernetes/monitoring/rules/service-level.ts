import type { PlatformShape, ServiceShape } from '@knowton/core'
import { isEvents } from '../../../routes.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Alert, alert, oneOf, type RuleGroup, recording } from './rule.ts'

/** The spans over which failures are counted: a fast burn shows in minutes, a slow one in days (Google SRE workbook, ch. 5). */
const spans = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const
type Span = (typeof spans)[number]

/** A budget is for 30 days; at such a multiple of the rate that would just use it up, it lasts so much shorter. */
const fast: readonly Burn[] = [
  { times: 14.4, long: '1h', short: '5m' },
  { times: 6, long: '6h', short: '30m' },
]
const slow: readonly Burn[] = [
  { times: 3, long: '1d', short: '2h' },
  { times: 1, long: '3d', short: '6h' },
]
type Burn = { readonly times: number; readonly long: Span; readonly short: Span }

/** How often requests of each service fail or are slow, and alerts when that would break its objective. */
export const serviceLevelRules = (platform: PlatformShape, environment: ClusterEnvironment): readonly RuleGroup[] => {
  const { availability, latencySeconds, latencyShare } = environment.monitoring.objectives
  const services = Object.values(platform.services).filter(({ routes }) => Object.keys(routes).length > 0)
  const tested = services[0]?.name
  if (tested === undefined) return []
  return [
    {
      name: 'service-levels',
      rules: [
        ...spans.flatMap((span) => [
          recording(`service:http_requests:rate${span}`, requests(span)),
          recording(`service:http_errors:ratio_rate${span}`, errorRatio(span)),
        ]),
        ...services.flatMap((service) =>
          spans.map((span) =>
            recording(slowRecord(span), slowRatio(service, span, latencySeconds), { service: service.name }),
          ),
        ),
      ],
    },
    {
      name: 'service-level-alerts',
      rules: [
        ...failures('service:http_errors:ratio_rate', 1 - availability, tested),
        ...slowness('service:http_slow:ratio_rate', 1 - latencyShare, latencySeconds, tested),
      ],
    },
  ]
}

const slowRecord = (span: Span) => `service:http_slow:ratio_rate${span}`

const requests = (span: Span) => `sum by (service) (rate(http_request_duration_seconds_count[${span}]))`

const errorRatio = (span: Span) => {
  const failed = `sum by (service) (rate(http_request_duration_seconds_count{status=~"5.."}[${span}]))`
  return `(${failed} or 0 * ${requests(span)}) / ${requests(span)}`
}

/** Routes that stream last as long as the caller likes, and those that carry files as long as the network takes. */
const slowRatio = (service: ServiceShape, span: Span, seconds: number) => {
  const routes = Object.entries(service.routes).flatMap(([name, route]) => (isLong(route) ? [name] : []))
  const matchers = [`service="${service.name}"`, ...(routes.length === 0 ? [] : [`route!~"${oneOf(routes)}"`])].join(
    ',',
  )
  const sum = (metric: string, more = '') => `sum by (service) (rate(${metric}{${matchers}${more}}[${span}]))`
  const metric = 'http_request_duration_seconds'
  return `1 - ${sum(`${metric}_bucket`, `,le="${bucket(seconds)}"`)} / ${sum(`${metric}_count`)}`
}

/** Whether a route may last as long as its caller likes. */
export const isLong = ({ output, body }: ServiceShape['routes'][string]): boolean =>
  body === 'bytes' || output === 'bytes' || isEvents(output)

/** Prometheus 3 writes the bounds of buckets as floating-point numbers: `1.0`. */
const bucket = (seconds: number) => (Number.isInteger(seconds) ? `${seconds}.0` : String(seconds))

const burning = (record: string, budget: number, burns: readonly Burn[]) =>
  burns
    .map(({ times, long, short }) => {
      const limit = Number((times * budget).toPrecision(6))
      return `(${record}${long} > ${limit} and ${record}${short} > ${limit})`
    })
    .join(' or ')

const failures = (record: string, budget: number, service: string): readonly Alert[] => [
  alert('RequestsFail', {
    expr: burning(record, budget, fast),
    forMinutes: 2,
    severity: 'critical',
    says: 'So many requests of {{ $labels.service }} fail that its error budget of 30 days is gone within days.',
    fix: 'See which routes answer 5xx on the dashboard of the service, then its log; undo the last release if it began there.',
    test: burnTest(service, 'status="500"', 'status="200"'),
  }),
  alert('RequestsFailSlowly', {
    expr: burning(record, budget, slow),
    forMinutes: 60,
    severity: 'warning',
    says: 'A small but steady share of the requests of {{ $labels.service }} fails: its error budget will not last 30 days.',
    fix: 'See which routes answer 5xx on the dashboard of the service, and fix the most frequent first.',
    test: burnTest(service, 'status="500"', 'status="200"', 40),
  }),
]

const slowness = (record: string, budget: number, seconds: number, service: string): readonly Alert[] => [
  alert('RequestsSlow', {
    expr: burning(record, budget, fast),
    forMinutes: 2,
    severity: 'critical',
    says: `Too many requests of {{ $labels.service }} take longer than ${seconds} s.`,
    fix: 'See on the dashboard of the service which routes are slow and whether its event loop or its database is busy.',
    test: slowTest(service, seconds, 90),
  }),
  alert('RequestsSlowSteadily', {
    expr: burning(record, budget, slow),
    forMinutes: 60,
    severity: 'warning',
    says: `For hours more requests of {{ $labels.service }} than agreed take longer than ${seconds} s.`,
    fix: 'See on the dashboard of the service which routes are slow, and its slowest queries in PostgreSQL.',
    test: slowTest(service, seconds, 60),
  }),
]

const count = (service: string, labels: string) =>
  `http_request_duration_seconds_count{service="${service}",route="any",${labels}}`

/** A thousand requests a minute of which so many fail, against one in a hundred thousand. */
const burnTest = (service: string, failing: string, fine: string, failingOfThousand = 1000) => ({
  fires: {
    [count(service, failing)]: `0+${failingOfThousand}x90`,
    [count(service, fine)]: `0+${1000 - failingOfThousand}x90`,
  },
  quiet: { [count(service, failing)]: '0+1x90', [count(service, fine)]: '0+99999x90' },
  labels: { service },
})

/** A hundred requests a minute, of which `quick` are answered in time, against all of them. */
const slowTest = (service: string, seconds: number, quick: number) => {
  const within = `http_request_duration_seconds_bucket{service="${service}",route="any",status="200",le="${bucket(seconds)}"}`
  const all = { [count(service, 'status="200"')]: '0+100x90' }
  return {
    fires: { [within]: `0+${quick}x90`, ...all },
    quiet: { [within]: '0+100x90', ...all },
    labels: { service },
  }
}
