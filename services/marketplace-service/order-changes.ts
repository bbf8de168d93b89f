import { isTerminal, type Standing, stateOf, unreserved } from '@knowton/domain/market'
import type { Publish, Sql } from '@knowton/kit'
import { type OrderRecord, saveStanding } from './order-store.ts'
import type { Declared, Ports } from './ports.ts'

/** Where something is written to a book. */
export type Scene = {
  readonly tx: Sql
  readonly publish: Publish<Declared>
  readonly now: Date
  readonly ports: Pick<Ports, 'newId' | 'recheckSeconds'>
  /** The event or request that leads to it; undefined for the service's own doing. */
  readonly causationId: string | undefined
}

/** Keeps an order's new standing, and publishes it when others see it change. */
export const saveOrder = async (scene: Scene, record: OrderRecord, standing: Standing): Promise<void> => {
  const held = standing.hold !== undefined && standing.hold !== record.standing.hold
  await saveStanding(scene.tx, record.order.orderHash, standing, held ? nextLook(scene, standing) : undefined)
  const next = { ...record, standing }
  if (JSON.stringify(visible(record)) === JSON.stringify(visible(next))) return
  await announce(scene, next)
  if (isTerminal(stateOf(standing)) || held) await lookAgainBehind(scene, record)
}

/** Orders that were held because this one stood in the way get another look. */
const lookAgainBehind = async (scene: Scene, { key, order }: OrderRecord): Promise<void> => {
  await scene.tx.query(
    `UPDATE signed_order SET recheck_at = $4 WHERE maker = $1 AND collection = $2 AND currency = $3
     AND hold_code = 'order.self-trade' AND state = 'unfillable'`,
    [order.maker, key.collection, key.currency, scene.now],
  )
}

/** What others see of an order's standing; units that are on their way to the chain are not offered any more. */
const visible = ({ standing }: OrderRecord) => {
  const state = stateOf(standing)
  return {
    state,
    remaining: isTerminal(state) ? 0 : unreserved(standing),
    reason: state === 'unfillable' ? (standing.hold?.says ?? null) : null,
  }
}

/** Publishes how an order stands. */
export const announce = async (scene: Scene, record: OrderRecord): Promise<void> => {
  const { order, key } = record
  await scene.publish(
    scene.tx,
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
      changedAt: scene.now,
    },
    causeOf(scene),
  )
}

/** When the chain is asked again about an order that was just looked at. */
export const recheckAfter = (scene: Scene): Date => new Date(scene.now.getTime() + scene.ports.recheckSeconds * 1_000)

/** What `publish` is told of the cause. */
export const causeOf = ({ causationId }: Scene): { readonly causationId?: string } =>
  causationId === undefined ? {} : { causationId }

/** What is used or has moved on chain stays so, unless a block is undone, which is told by an event and looked at at once. */
const nextLook = (scene: Scene, { hold }: Standing): Date | 'never' => {
  if (hold?.code === 'order.undone') return scene.now
  return hold?.code === 'order.nonce' || hold?.code === 'order.epoch' ? 'never' : recheckAfter(scene)
}
