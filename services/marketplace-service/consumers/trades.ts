import type { Hex } from '@knowton/core'
import { ZERO_BYTES32 } from '@knowton/domain/market'
import type { Consumer, ConsumerContext, EventOf } from '@knowton/kit'
import { lockBooks } from '../books/book-store.ts'
import { openBook } from '../books/book-writer.ts'
import { findTrade, saveTrade, type TradeRow } from '../chain/trade-store.ts'
import { findMatchOfTrade, saveMatch } from '../matches/match-store.ts'
import { findOrders, type OrderRecord } from '../orders/order-store.ts'
import type { Declared, Ports } from '../ports.ts'

type Trade = EventOf<Declared, 'trades'>
type TradeContext = ConsumerContext<Declared, Ports>

/** Only the chain fills orders: each trade takes effect once, is undone when its block is, and its finality is kept. */
export const trades: Consumer<Declared, 'trades', Ports> = async (event, context) => {
  const { payload: fact } = event
  if (fact.collection !== context.ports.contracts.workToken) return
  await lockBooks(context.tx, context.ports.contracts)
  const known = await findTrade(context.tx, fact.factId)
  const isInEffect = known !== undefined && !known.reverted
  if (isInEffect && fact.reverted) return undo(event, context, known)
  if (isInEffect) return raiseFinality(event, context, known)
  if (!fact.reverted) return apply(event, context)
}

const apply = async (event: Trade, context: TradeContext): Promise<void> => {
  const { payload: fact } = event
  const { tx } = context
  const match = await findMatchOfTrade(tx, fact.askHash, fact.bidHash)
  const usesReservation = match?.state === 'settling'
  if (usesReservation) {
    const book = await openBook(writeContextOf(event, context), fact)
    await book.change({ kind: 'settle', askHash: fact.askHash, bidHash: fact.bidHash })
  } else {
    for (const { order, key } of await findParties(context, fact)) {
      const book = await openBook(writeContextOf(event, context), key)
      await book.change({ kind: 'fill', orderHash: order.orderHash })
    }
  }
  const { finality, transactionHash } = fact
  if (match !== undefined) {
    await saveMatch(tx, match.request_id, { state: 'settled', finality, transactionHash, failure: null })
  }
  await saveTrade(tx, {
    fact_id: fact.factId,
    ask_hash: fact.askHash,
    bid_hash: fact.bidHash,
    request_id: match?.request_id ?? null,
    used_reservation: usesReservation,
    finality,
    reverted: false,
  })
}

const raiseFinality = async ({ payload: fact }: Trade, { tx }: TradeContext, known: TradeRow): Promise<void> => {
  const { finality, transactionHash } = fact
  if (known.finality === finality) return
  await saveTrade(tx, { ...known, finality })
  if (known.request_id === null) return
  await saveMatch(tx, known.request_id, { state: 'settled', finality, transactionHash, failure: null })
}

/** A settlement that the chain undid is on its way again; a taker's fill is simply gone and the orders are looked at. */
const undo = async (event: Trade, context: TradeContext, known: TradeRow): Promise<void> => {
  const { payload: fact } = event
  const { tx } = context
  if (known.used_reservation) {
    const book = await openBook(writeContextOf(event, context), fact)
    await book.change({ kind: 'unsettle', askHash: fact.askHash, bidHash: fact.bidHash })
  } else {
    const reason = { code: 'order.undone', says: 'The chain undid a trade of the order; it is being looked at again.' }
    for (const { order, key } of await findParties(context, fact)) {
      const book = await openBook(writeContextOf(event, context), key)
      await book.change({ kind: 'unfill', orderHash: order.orderHash, reason })
    }
  }
  await saveTrade(tx, { ...known, reverted: true })
  if (known.request_id === null) return
  const state = known.used_reservation ? 'settling' : 'failed'
  const failure = known.used_reservation ? null : 'The chain undid its trade.'
  await saveMatch(tx, known.request_id, { state, finality: null, transactionHash: null, failure })
}

/** The orders of a trade that are known here; the side of a taker has no order. */
const findParties = async (
  { tx }: TradeContext,
  { askHash, bidHash }: { readonly askHash: Hex; readonly bidHash: Hex },
): Promise<readonly OrderRecord[]> =>
  findOrders(
    tx,
    [askHash, bidHash].filter((hash) => hash !== ZERO_BYTES32),
  )

const writeContextOf = (event: Trade, { tx, publish, now, ports }: TradeContext) => ({
  tx,
  publish,
  now,
  ports,
  causationId: event.id,
})
