import type { Hex } from '@knowton/core'
import { findObstacle, type Hold, type Obstacle, type Order } from '@knowton/domain/market'
import type { Sql } from '@knowton/kit'
import { sumCommitted } from '../matches/match-store.ts'
import type { Ports } from '../ports.ts'
import type { OrderRecord } from './order-store.ts'

type Examination = {
  readonly ports: Pick<Ports, 'chain' | 'contracts'>
  readonly sql: Sql
  readonly signal: AbortSignal
  /** A match whose claim on the maker's money does not count. */
  readonly exceptMatch?: string
}

/** Asks the chain why it would refuse an order; undefined when it would not. Throws the fault `chain.unreachable`. */
export const examineTerms = async (
  order: Order,
  orderHash: Hex,
  { ports, sql, signal, exceptMatch }: Examination,
): Promise<Obstacle | undefined> => {
  const [facts, committed] = await Promise.all([
    ports.chain.factsOf(order, orderHash, signal),
    order.side === 0 ? 0n : sumCommitted(sql, order.maker, order.currency, exceptMatch),
  ])
  const { exchange, currencies } = ports.contracts
  const currency = currencies.find(({ address }) => address === order.currency) ?? { symbol: 'base units', decimals: 0 }
  return findObstacle(order, facts, { exchange, currency, committed })
}

/** The same for an order on record, a contract's approval of its signature included: a hold, or undefined. */
export const examineOrder = async (record: OrderRecord, examination: Examination): Promise<Hold | undefined> => {
  const { order, signature } = record.signed
  const { orderHash } = record.order
  if (record.signedBy === 'contract') {
    const approval = { account: order.maker, digest: orderHash, signature }
    if (!(await examination.ports.chain.approves(approval, examination.signal))) {
      return {
        code: 'order.signature',
        says: "The maker's contract does not approve the signature any more; sign again.",
      }
    }
  }
  const obstacle = await examineTerms(order, orderHash, examination)
  return obstacle && { code: `order.${obstacle.kind}`, says: obstacle.says }
}
