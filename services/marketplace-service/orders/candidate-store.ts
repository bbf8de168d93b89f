import { type BookOrder, type Candidate, type Incoming, matchableUnits, type Side } from '@knowton/domain/market'
import type { Sql } from '@knowton/kit'
import { type BookKey, type OrderRow, orderColumns, toOrderRecord } from './order-store.ts'

/** Orders read at once. */
const PAGE = 200

/** The open orders that the incoming one could trade with, best first, until they offer `units` or there are no more. */
export const findCandidates = async (tx: Sql, key: BookKey, incoming: Incoming): Promise<readonly Candidate[]> => {
  const found: Candidate[] = []
  let units = 0
  while (units < incoming.units) {
    const limit = Math.min(PAGE, incoming.units - units)
    const page = await findPage(tx, key, incoming, { limit, offset: found.length })
    found.push(...page)
    units += page.reduce((sum, candidate) => sum + candidate.units, 0)
    if (page.length < limit) break
  }
  return found
}

const findPage = async (
  tx: Sql,
  key: BookKey,
  { order, now }: Incoming,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<readonly Candidate[]> => {
  const rows = await tx.query<OrderRow>(candidateStatement(order), [
    key.collection,
    key.currency,
    order.price,
    now,
    order.maker,
    order.taker ?? null,
    limit,
    offset,
    ...(order.tokenId === undefined ? [] : [order.tokenId]),
  ])
  return rows.map((row) => {
    const { order: resting, fillState } = toOrderRecord(row)
    return { order: resting, units: matchableUnits(fillState) }
  })
}

const candidateStatement = (order: BookOrder): string => {
  const [side, compare, direction]: [Side, string, string] =
    order.side === 'ask' ? ['bid', '>=', 'DESC'] : ['ask', '<=', 'ASC']
  const select = (scope: string) =>
    `(SELECT ${orderColumns} FROM signed_order WHERE collection = $1 AND currency = $2 AND side = '${side}'
       AND state = 'open' AND price ${compare} $3 AND ends_at >= $4 AND (taker IS NULL OR taker = $5)
       AND ($6::text IS NULL OR maker = $6) ${scope} ORDER BY price ${direction}, sequence LIMIT $7::bigint + $8::bigint)`
  const scopes =
    order.tokenId === undefined
      ? ['']
      : side === 'ask'
        ? ['AND token_id = $9']
        : ['AND token_id = $9', 'AND token_id IS NULL']
  return `SELECT * FROM (${scopes.map(select).join(' UNION ALL ')}) AS candidates
    ORDER BY price ${direction}, sequence LIMIT $7 OFFSET $8`
}
