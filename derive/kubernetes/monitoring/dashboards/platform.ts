import { metricName, type PlatformShape, type ServiceShape } from '@knowton/core'
import { bars, type Dashboard, figure, graph, type Panel } from './panel.ts'

/** What the whole platform is doing, at a glance. */
export const overview = (platform: PlatformShape): Dashboard => ({
  uid: 'overview',
  title: 'Overview',
  about: `${platform.name}: is everything well?`,
  rows: [
    {
      title: 'Now',
      panels: [
        figure('Requests', 'reqps', 'sum(rate(kong_http_requests_total[5m]))'),
        figure('Failing', 'percentunit', 'max(service:http_errors:ratio_rate5m)', 0.01),
        figure('Facts waiting', 'short', 'sum(max by (service, topic) (events_lag))', 1000),
        figure('Dead letters: keys parked', 'short', 'sum(max by (service, topic) (events_parked_keys))', 1),
        figure('Jobs failing', 'short', 'sum(max by (service, task) (job_failing))', 1),
        figure('Targets down', 'short', 'count(up == 0) or vector(0)', 1),
      ],
    },
    {
      title: 'Services',
      panels: [
        graph('Requests', 'reqps', [{ expr: 'service:http_requests:rate5m', legend: '{{service}}' }]),
        graph('Failing', 'percentunit', [{ expr: 'service:http_errors:ratio_rate5m', legend: '{{service}}' }]),
        graph('Slow', 'percentunit', [{ expr: 'service:http_slow:ratio_rate5m', legend: '{{service}}' }]),
      ],
    },
  ],
})

/** What is published and who still has to apply it. */
export const topicDashboard = (platform: PlatformShape): Dashboard => ({
  uid: 'topics',
  title: 'Topics',
  about: 'Facts: published, applied, waiting, parked.',
  rows: [
    {
      title: 'All',
      panels: [
        bars(
          'Consumer lag: facts that wait',
          'short',
          { expr: 'max by (service, topic) (events_lag)', legend: '{{service}} {{topic}}' },
          12,
        ),
        bars(
          'Dead letters: parked keys',
          'short',
          { expr: 'max by (service, topic) (events_parked_keys)', legend: '{{service}} {{topic}}' },
          12,
        ),
      ],
    },
    ...Object.values(platform.services).flatMap(({ publishes }) =>
      Object.values(publishes).map(({ name, summary }) => {
        const of = `topic="${name}"`
        return {
          title: `${name}: ${summary}`,
          panels: [
            graph('Published', 'cps', [{ expr: `sum(rate(events_appended_total{${of}}[5m]))`, legend: 'published' }]),
            graph('Applied', 'cps', [
              { expr: `sum by (service) (rate(events_handled_total{${of}}[5m]))`, legend: '{{service}}' },
            ]),
            graph('Consumer lag: waiting', 'short', [
              { expr: `max by (service) (events_lag{${of}})`, legend: '{{service}}' },
            ]),
          ],
        }
      }),
    ),
  ],
})

/** A page for each subject that services measure something of. */
export const subjectDashboards = (platform: PlatformShape): readonly Dashboard[] => {
  const services = Object.values(platform.services)
  const subjects = [
    ...new Set(services.flatMap(({ gauges = {} }) => Object.values(gauges).map((gauge) => gauge.subject))),
  ]
  return subjects.map((subject) => ({
    uid: subject.toLowerCase(),
    title: subject,
    about: `What services measure of: ${subject.toLowerCase()}.`,
    rows: services.flatMap((service) => {
      const panels = gaugePanels(service, subject)
      return panels.length === 0 ? [] : [{ title: service.name, panels }]
    }),
  }))
}

const gaugePanels = ({ name, gauges = {} }: ServiceShape, subject: string): readonly Panel[] =>
  Object.entries(gauges).flatMap(([key, gauge]) => {
    if (gauge.subject !== subject) return []
    const by = gauge.labels.length === 0 ? '' : ` by (${gauge.labels.join(', ')})`
    const legend = gauge.labels.length === 0 ? key : gauge.labels.map((label) => `{{${label}}}`).join(' ')
    return [
      {
        ...graph(key, unitOf(key), [{ expr: `max${by} (${metricName(key)}{service="${name}"})`, legend }]),
        about: gauge.summary,
      },
    ]
  })

const unitOf = (gauge: string): string => (gauge.endsWith('Seconds') ? 's' : 'short')
