import type { PlatformShape } from '@knowton/core'
import { type Alert, alert, type RuleGroup } from './rule.ts'
import { stays } from './series.ts'

/** What goes wrong inside the processes of services. */
export const serviceRules = (platform: PlatformShape): readonly RuleGroup[] => [
  {
    name: 'services',
    rules: [...Object.keys(platform.services).map(isGone), eventLoopBusy, taskFailing, gaugeFailing],
  },
]

const isGone = (service: string): Alert =>
  alert(
    `ServiceGone-${service}`.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    {
      expr: `absent(process_start_time_seconds{service="${service}"})`,
      forMinutes: 5,
      severity: 'critical',
      says: `No process of ${service} has been seen for five minutes.`,
      fix: `See whether pods of ${service} run and are ready; if they do, whether Prometheus may reach them.`,
      test: {
        fires: { 'process_start_time_seconds{service="another"}': stays(1) },
        quiet: { [`process_start_time_seconds{service="${service}"}`]: stays(1) },
        labels: { service },
      },
    },
  )

const eventLoopBusy = alert('EventLoopBusy', {
  expr: 'max by (service, pod) (nodejs_eventloop_lag_p99_seconds) > 0.25',
  forMinutes: 10,
  severity: 'warning',
  says: '{{ $labels.pod }} of {{ $labels.service }} is too busy to answer: one in a hundred turns of its event loop waits a quarter of a second.',
  fix: 'Look for work that a request does at once instead of in pieces; until then give the service more replicas.',
  test: {
    fires: { 'nodejs_eventloop_lag_p99_seconds{service="s",pod="p"}': stays(0.4) },
    quiet: { 'nodejs_eventloop_lag_p99_seconds{service="s",pod="p"}': stays(0.01) },
    labels: { service: 's', pod: 'p' },
  },
})

const taskFailing = alert('BackgroundJobFailing', {
  expr: 'max by (service, task) (job_failing) == 1',
  forMinutes: 5,
  severity: 'critical',
  says: 'The background job {{ $labels.task }} of {{ $labels.service }} fails each time it is started again.',
  fix: 'Read the error at /internal/status of the service; the job goes on by itself once its cause is gone.',
  test: {
    fires: { 'job_failing{service="s",task="t"}': stays(1) },
    quiet: { 'job_failing{service="s",task="t"}': '1 1 1 0+0x90' },
    labels: { service: 's', task: 't' },
  },
})

const gaugeFailing = alert('GaugeUnmeasured', {
  expr: 'max by (service, gauge) (gauge_failed) == 1',
  forMinutes: 10,
  severity: 'warning',
  says: '{{ $labels.gauge }} of {{ $labels.service }} cannot be measured, so no alert on it can fire.',
  fix: 'Look in the log of the service for "a gauge was not measured": it says why.',
  test: {
    fires: { 'gauge_failed{service="s",gauge="g"}': stays(1) },
    quiet: { 'gauge_failed{service="s",gauge="g"}': stays(0) },
    labels: { service: 's', gauge: 'g' },
  },
})
