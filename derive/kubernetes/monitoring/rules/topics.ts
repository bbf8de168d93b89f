import type { PlatformShape } from '@knowton/core'
import { alert, type RuleGroup } from './rule.ts'
import { rises, stays } from './series.ts'

/** Facts that wait to be applied. Every process of a service counts the same log, so the highest count is the truth. */
export const topicRules = (platform: PlatformShape): readonly RuleGroup[] =>
  Object.values(platform.services).some(({ consumes }) => Object.keys(consumes).length > 0)
    ? [{ name: 'topics', rules: [lagging, stuck, parked] }]
    : []

const lagging = alert('EventsLagging', {
  expr: 'max by (service, topic) (events_lag) > 1000',
  forMinutes: 10,
  severity: 'warning',
  says: '{{ $labels.service }} is more than a thousand facts of {{ $labels.topic }} behind.',
  fix: 'See on the dashboard Topics whether it still applies facts; if it does, it is too slow for what comes in.',
  test: {
    fires: { 'events_lag{service="s",topic="t"}': stays(1001) },
    quiet: { 'events_lag{service="s",topic="t"}': stays(1000) },
    labels: { service: 's', topic: 't' },
  },
})

const stuck = alert('EventsStuck', {
  expr:
    'max by (service, topic) (events_lag) > 0 unless on (service, topic) ' +
    '(sum by (service, topic) (increase(events_handled_total[10m])) > 0)',
  forMinutes: 10,
  severity: 'critical',
  says: '{{ $labels.service }} applies no facts of {{ $labels.topic }} any more although some wait.',
  fix: 'Read at /internal/status of the service how its consumer is doing, and whether the publisher’s database answers.',
  test: {
    fires: {
      'events_lag{service="s",topic="t"}': stays(3),
      'events_handled_total{service="s",topic="t"}': stays(5),
    },
    quiet: {
      'events_lag{service="s",topic="t"}': stays(3),
      'events_handled_total{service="s",topic="t"}': rises(1),
    },
    labels: { service: 's', topic: 't' },
  },
})

const parked = alert('KeysParked', {
  expr: 'max by (service, topic) (events_parked_keys) > 0',
  forMinutes: 1,
  severity: 'critical',
  says: '{{ $labels.service }} could not apply a fact of {{ $labels.topic }}; it is a dead letter, and all later facts of its key wait.',
  fix: 'Read at /internal/status which fact and why, remove the cause, then unpark it with npm run unpark.',
  test: {
    fires: { 'events_parked_keys{service="s",topic="t"}': stays(1) },
    quiet: { 'events_parked_keys{service="s",topic="t"}': stays(0) },
    labels: { service: 's', topic: 't' },
  },
})
