import type { Measure } from '@knowton/kit'
import type { Ports } from '../ports.ts'

/** How many matches wait for their payment. */
export const matchesSettling: Measure<Ports> = async ({ ports }) => {
  const rows = await ports.db.query<{ matches: bigint }>(
    "SELECT count(*) AS matches FROM order_match WHERE state = 'settling'",
    [],
  )
  return rows.map(({ matches }) => ({ value: Number(matches) }))
}

/** How long the oldest of them has waited; 0 when none does. */
export const matchesLongestSettlingSeconds: Measure<Ports> = async ({ ports, now }) => {
  const rows = await ports.db.query<{ since: Date | null }>(
    "SELECT min(matched_at) AS since FROM order_match WHERE state = 'settling'",
    [],
  )
  return rows.map(({ since }) => ({ value: (now.getTime() - (since ?? now).getTime()) / 1000 }))
}

/** How many orders rest on each side of all books. */
export const ordersOpen: Measure<Ports> = async ({ ports }) => {
  const rows = await ports.db.query<{ asks: bigint; bids: bigint }>(
    `SELECT count(*) FILTER (WHERE side = 'ask') AS asks, count(*) FILTER (WHERE side = 'bid') AS bids
     FROM signed_order WHERE state = 'open' AND side IN ('ask', 'bid')`,
    [],
  )
  return rows.flatMap(({ asks, bids }) => [
    { labels: { side: 'ask' }, value: Number(asks) },
    { labels: { side: 'bid' }, value: Number(bids) },
  ])
}
