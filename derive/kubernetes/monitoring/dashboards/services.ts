import type { PlatformShape, ServiceShape } from '@knowton/core'
import { isLong } from '../rules/service-level.ts'
import { type Dashboard, figure, graph, type Row } from './panel.ts'

const requests = 'http_request_duration_seconds'

/** A page per service: what it is asked, how it answers, what it does beside, what it uses. */
export const serviceDashboards = (platform: PlatformShape): readonly Dashboard[] =>
  Object.values(platform.services).map((service) => ({
    uid: `service-${service.name}`.slice(0, 40),
    title: `Service ${service.name}`,
    about: service.summary,
    rows: [...routeRows(service), processRow(service.name), ...factRows(service)],
  }))

const routeRows = ({ name, routes }: ServiceShape): readonly Row[] => {
  if (Object.keys(routes).length === 0) return []
  const of = `service="${name}"`
  return [
    {
      title: 'Requests',
      panels: [
        figure('Requests', 'reqps', `service:http_requests:rate5m{${of}}`),
        figure('Failing', 'percentunit', `service:http_errors:ratio_rate5m{${of}}`, 0.01),
        figure('Slow', 'percentunit', `service:http_slow:ratio_rate5m{${of}}`, 0.05),
        figure('Failing, 3 days', 'percentunit', `service:http_errors:ratio_rate3d{${of}}`, 0.001),
        figure('Slow, 3 days', 'percentunit', `service:http_slow:ratio_rate3d{${of}}`, 0.01),
        figure('Processes', 'short', `count(process_start_time_seconds{${of}})`),
        graph('Requests by route', 'reqps', [
          { expr: `sum by (route) (rate(${requests}_count{${of}}[5m]))`, legend: '{{route}}' },
        ]),
        graph('Answers with 5xx by route', 'reqps', [
          {
            expr: `sum by (route, status) (rate(${requests}_count{${of},status=~"5.."}[5m]))`,
            legend: '{{route}} {{status}}',
          },
        ]),
        graph('Request latency p95 by route: slowest twentieth', 's', [
          {
            expr: `histogram_quantile(0.95, sum by (le, route) (rate(${requests}_bucket{${of}}[5m])))`,
            legend: '{{route}}',
          },
        ]),
      ],
    },
  ]
}

const processRow = (name: string): Row => {
  const of = `service="${name}"`
  return {
    title: 'Processes',
    panels: [
      graph('Processor', 'percentunit', [{ expr: `rate(process_cpu_seconds_total{${of}}[5m])`, legend: '{{pod}}' }], 6),
      graph('Memory', 'bytes', [{ expr: `process_resident_memory_bytes{${of}}`, legend: '{{pod}}' }], 6),
      graph('Heap in use', 'bytes', [{ expr: `nodejs_heap_size_used_bytes{${of}}`, legend: '{{pod}}' }], 6),
      graph(
        'Event loop lag p99: slowest hundredth',
        's',
        [{ expr: `nodejs_eventloop_lag_p99_seconds{${of}}`, legend: '{{pod}}' }],
        6,
      ),
    ],
  }
}

const factRows = ({ name, publishes, consumes }: ServiceShape): readonly Row[] => {
  const of = `service="${name}"`
  const panels = [
    ...(Object.keys(publishes).length === 0
      ? []
      : [
          graph('Published', 'cps', [
            { expr: `sum by (topic) (rate(events_appended_total{${of}}[5m]))`, legend: '{{topic}}' },
          ]),
        ]),
    ...(Object.keys(consumes).length === 0
      ? []
      : [
          graph('Applied', 'cps', [
            { expr: `sum by (topic) (rate(events_handled_total{${of}}[5m]))`, legend: '{{topic}}' },
          ]),
          graph('Consumer lag: waiting', 'short', [
            { expr: `max by (topic) (events_lag{${of}})`, legend: '{{topic}}' },
          ]),
        ]),
  ]
  return panels.length === 0 ? [] : [{ title: 'Facts', panels }]
}

/** How files come and go: the routes that carry bytes. */
export const fileDashboards = (platform: PlatformShape): readonly Dashboard[] => {
  const rows = Object.values(platform.services).flatMap(({ name, routes }): Row[] => {
    const carriers = Object.entries(routes).flatMap(([key, route]) =>
      isLong(route) && (route.body === 'bytes' || route.output === 'bytes') ? [key] : [],
    )
    if (carriers.length === 0) return []
    const of = `service="${name}",route=~"${carriers.join('|')}"`
    return [
      {
        title: name,
        panels: [
          graph('Files by route', 'reqps', [
            { expr: `sum by (route) (rate(${requests}_count{${of}}[5m]))`, legend: '{{route}}' },
          ]),
          graph('Failing', 'reqps', [
            {
              expr: `sum by (route, status) (rate(${requests}_count{${of},status=~"[45].."}[5m]))`,
              legend: '{{route}} {{status}}',
            },
          ]),
          graph('Latency p95: slowest twentieth', 's', [
            {
              expr: `histogram_quantile(0.95, sum by (le, route) (rate(${requests}_bucket{${of}}[5m])))`,
              legend: '{{route}}',
            },
          ]),
        ],
      },
    ]
  })
  return rows.length === 0 ? [] : [{ uid: 'files', title: 'Files', about: 'Works on their way in and out.', rows }]
}
