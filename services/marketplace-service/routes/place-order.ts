import { findSigner } from '@knowton/adapters/chain'
import { ok, type RefusalOf, type Result, refuse, toUnixSeconds } from '@knowton/core'
import { checkTerms, type OwnOrder, tokenIdOfOrder } from '@knowton/domain/market'
import type { Context, Handler, Sql } from '@knowton/kit'
import { openBook, type Placement } from '../books/book-writer.ts'
import { hashOrder } from '../chain/exchange-chain-view.ts'
import { findEpoch } from '../chain/token-store.ts'
import { countFills } from '../chain/trade-store.ts'
import { examineTerms } from '../orders/examine-order.ts'
import { findLiveOrderOfNonce, findOrders, type SignedOrder } from '../orders/order-store.ts'
import { toOrderView } from '../orders/order-view.ts'
import type { Declared, Ports } from '../ports.ts'

type PlaceContext = Context<Declared, Ports, 'placeOrder'>
type Refusal = RefusalOf<Declared['routes']['placeOrder']>

/**
 * Takes a signed order: checks it against itself, then against the chain, and only then waits for the book, which is
 * held for as short as possible.
 */
export const placeOrder: Handler<Declared, 'placeOrder', Ports> = async ({ body }, context) => {
  const checked = await checkOrder(body, context)
  if (!checked.ok) return checked
  const { tx, publish, now, ports, requestId } = context
  const { order } = body
  const key = { collection: order.collection, currency: order.currency }
  const book = await openBook({ tx, publish, now, ports, causationId: requestId }, key)
  const late = (await findMove(tx, body)) ?? (await findNonceUse(tx, body))
  if (late !== undefined) return refuse(late)
  // The chain's events may tell of fills before the order is placed here.
  const filled = await countFills(tx, checked.value.orderHash)
  const placed = await book.place({ ...checked.value, filled })
  if (!placed.ok) return refuse(toRefusal(placed.refusal))
  return ok({ order: toOrderView(placed.value.record), matches: [...placed.value.matches] })
}

const checkOrder = async (
  signed: SignedOrder,
  { ports, tx, user, now, signal }: PlaceContext,
): Promise<Result<Omit<Placement, 'filled'>, Refusal>> => {
  const { order, signature } = signed
  const { contracts, chain } = ports
  if (order.maker !== user.address) {
    return refuse({ kind: 'order.maker', detail: `The maker is ${order.maker}; sign in as that account to place it.` })
  }
  const venue = { collection: contracts.workToken, currencies: contracts.currencies.map(({ address }) => address) }
  const terms = checkTerms(order, venue, toUnixSeconds(now))
  if (!terms.ok) return refuse({ kind: `order.${terms.refusal.kind}`, detail: terms.refusal.says })
  const orderHash = hashOrder(order, contracts)
  if ((await findOrders(tx, [orderHash])).length > 0) return refuse({ kind: 'order.duplicate', facts: { orderHash } })
  const signedBy = await findSigner({ account: order.maker, digest: orderHash, signature }, chain, signal)
  if (signedBy === undefined) {
    return refuse({
      kind: 'order.signature',
      detail: `The signature over ${orderHash} is not that of ${order.maker}; sign exactly this order for chain ${contracts.chainId} and exchange ${contracts.exchange}.`,
      facts: { orderHash },
    })
  }
  const obstacle = await examineTerms(order, orderHash, { ports, sql: tx, signal })
  if (obstacle !== undefined) {
    const { kind, says, facts = {} } = obstacle
    return refuse({ kind: `order.${kind}`, detail: says, facts })
  }
  return ok({ signed, orderHash, signedBy })
}

/** A movement of the token that the chain's events told of while the order was checked; they wait for the book as well. */
const findMove = async (tx: Sql, { order }: SignedOrder): Promise<Refusal | undefined> => {
  const tokenId = tokenIdOfOrder(order)
  if (tokenId === undefined || order.tokenEpoch === 0n) return undefined
  const epoch = await findEpoch(tx, tokenId)
  if (epoch === undefined || epoch <= order.tokenEpoch) return undefined
  return {
    kind: 'order.epoch',
    detail: `The token has moved: its epoch is ${epoch}, the order has ${order.tokenEpoch}. Sign again with new terms.`,
    facts: { tokenEpoch: `${epoch}` },
  }
}

const findNonceUse = async (tx: Sql, { order }: SignedOrder): Promise<Refusal | undefined> => {
  const orderHash = await findLiveOrderOfNonce(tx, order)
  if (orderHash === undefined) return undefined
  const detail = `Your order ${orderHash} has this nonce and is not closed; cancel it or sign with new terms.`
  return { kind: 'order.nonce', detail, facts: { orderHash } }
}

const toRefusal = (refusal: OwnOrder | { readonly kind: 'duplicate' }): Refusal => {
  if (refusal.kind === 'duplicate') return { kind: 'order.duplicate' }
  return {
    kind: 'order.self-trade',
    detail: `The order would trade with your own order ${refusal.orderHash} at ${refusal.price}; cancel that order first.`,
    facts: { orderHash: refusal.orderHash },
  }
}
