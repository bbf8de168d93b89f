import { type FillState, isTerminal, remainingUnits, statusOf } from '@knowton/domain/market'
import type { Publish, Sql } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { recheckHeldBehind } from './due-order-store.ts'
import { type OrderRecord, saveFillState } from './order-store.ts'

/** In what a book is written to: the transaction, what it publishes, and why. */
export type WriteContext = {
  readonly tx: Sql
  readonly publish: Publish<Declared>
  readonly now: Date
  readonly ports: Pick<Ports, 'newId' | 'recheckSeconds'>
  /** The event or request that leads to it; undefined for the service's own doing. */
  readonly causationId: string | undefined
}

/** Keeps an order's new fill state, and publishes the order when others see it change. */
export const saveOrder = async (context: WriteContext, record: OrderRecord, fillState: FillState): Promise<void> => {
  const held = fillState.hold !== undefined && fillState.hold !== record.fillState.hold
  await saveFillState(context.tx, record.order.orderHash, fillState, held ? nextLook(context, fillState) : undefined)
  const next = { ...record, fillState }
  if (JSON.stringify(visible(record)) === JSON.stringify(visible(next))) return
  await announce(context, next)
  if (isTerminal(statusOf(fillState)) || held) await recheckHeldBehind(context.tx, record, context.now)
}

/** What others see of an order's fill state; units that are on their way to the chain are not offered any more. */
const visible = ({ fillState }: OrderRecord) => {
  const state = statusOf(fillState)
  return {
    state,
    remaining: isTerminal(state) ? 0 : remainingUnits(fillState),
    reason: state === 'unfillable' ? (fillState.hold?.says ?? null) : null,
  }
}

/** Publishes the order as others see it. */
export const announce = async (context: WriteContext, record: OrderRecord): Promise<void> => {
  const { order, key } = record
  await context.publish(
    context.tx,
    'orderChanges',
    {
      orderHash: order.orderHash,
      side: order.side,
      maker: order.maker,
      collection: key.collection,
      tokenId: order.tokenId ?? null,
      currency: key.currency,
      price: order.price,
      ...visible(record),
      changedAt: context.now,
    },
    causeOf(context),
  )
}

/** When the chain is asked again about an order that was just looked at. */
export const recheckAfter = (context: WriteContext): Date =>
  new Date(context.now.getTime() + context.ports.recheckSeconds * 1_000)

/** What `publish` is told of the cause. */
export const causeOf = ({ causationId }: WriteContext): { readonly causationId?: string } =>
  causationId === undefined ? {} : { causationId }

/** What is used or has moved on chain stays so, unless a block is undone, which is told by an event and looked at at once. */
const nextLook = (context: WriteContext, { hold }: FillState): Date | 'never' => {
  if (hold?.code === 'order.undone') return context.now
  return hold?.code === 'order.nonce' || hold?.code === 'order.epoch' ? 'never' : recheckAfter(context)
}
