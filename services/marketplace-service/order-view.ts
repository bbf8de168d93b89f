import type { OutputOf } from '@knowton/core'
import { stateOf } from '@knowton/domain/market'
import type { OrderRecord } from './order-store.ts'
import type { Declared } from './ports.ts'

/** An order as the API shows it. */
export const toOrderView = ({
  order,
  signed,
  standing,
  placedAt,
}: OrderRecord): OutputOf<Declared['routes']['getOrder']> => {
  const state = stateOf(standing)
  return {
    orderHash: order.orderHash,
    order: signed.order,
    signature: signed.signature,
    state,
    reason: state === 'unfillable' ? (standing.hold?.says ?? null) : null,
    tokenId: order.tokenId ?? null,
    filled: standing.filled,
    reserved: standing.reserved,
    sequence: Number(order.sequence),
    placedAt: placedAt.toISOString(),
  }
}
