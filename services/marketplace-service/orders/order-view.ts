import type { OutputOf } from '@knowton/core'
import { statusOf } from '@knowton/domain/market'
import type { Declared } from '../ports.ts'
import type { OrderRecord } from './order-store.ts'

/** An order as the API shows it. */
export const toOrderView = ({
  order,
  signed,
  fillState,
  placedAt,
}: OrderRecord): OutputOf<Declared['routes']['getOrder']> => {
  const state = statusOf(fillState)
  return {
    orderHash: order.orderHash,
    order: signed.order,
    signature: signed.signature,
    state,
    reason: state === 'unfillable' ? (fillState.hold?.says ?? null) : null,
    tokenId: order.tokenId ?? null,
    filled: fillState.filled,
    reserved: fillState.reserved,
    sequence: Number(order.sequence),
    placedAt: placedAt.toISOString(),
  }
}
