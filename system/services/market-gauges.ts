import type { GaugeShape } from '@knowton/core'

const subject = 'Money'

/** What the order book measures of the money that is on its way. */
export const marketGauges = {
  matchesSettling: {
    summary: 'Matches whose payment is not yet on chain; their orders are reserved for each other.',
    subject,
    labels: [],
    alerts: {},
  },
  matchesLongestSettlingSeconds: {
    summary: 'Seconds since the oldest match was made whose payment is not yet on chain.',
    subject,
    labels: [],
    alerts: {
      SettlementsLate: {
        when: 'above',
        threshold: 1800,
        forMinutes: 5,
        severity: 'critical',
        says: 'A buyer and a seller were matched half an hour ago and neither has been paid nor refused.',
        fix: 'Ask /api/v1/transactions/<request id of the match> how far the relay is, then look at asset-tokenization.',
      },
    },
  },
  ordersOpen: {
    summary: 'Orders that rest in the books.',
    subject,
    labels: ['side'],
    alerts: {},
  },
} as const satisfies Readonly<Record<string, GaugeShape>>
