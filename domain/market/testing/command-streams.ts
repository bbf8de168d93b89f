import type { Hex, Result } from '@knowton/core'
import * as fc from 'fast-check'
import type { Command } from '../command.ts'
import type { Match, OwnOrder } from '../matching.ts'
import type { BookOrder } from '../order.ts'

/** One random thing to do; which order or match it happens to depends on what there is then. */
export type Action =
  | {
      readonly kind: 'place'
      readonly side: 'ask' | 'bid'
      readonly maker: number
      readonly taker: number | undefined
      readonly token: number
      readonly anyToken: boolean
      readonly price: number
      readonly maxFills: number
      readonly lifetime: number
    }
  | {
      readonly kind: 'cancel' | 'expire' | 'hold' | 'resume' | 'settle' | 'unsettle' | 'release' | 'fill' | 'unfill'
      readonly pick: number
    }

const placeAction: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('place'),
  side: fc.constantFrom('ask', 'bid'),
  maker: fc.integer({ min: 1, max: 5 }),
  taker: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }) },
  ),
  token: fc.integer({ min: 1, max: 3 }),
  anyToken: fc.boolean(),
  price: fc.integer({ min: 1, max: 8 }),
  maxFills: fc.integer({ min: 1, max: 4 }),
  lifetime: fc.integer({ min: 0, max: 40 }),
})
const otherAction: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom('cancel', 'expire', 'hold', 'resume', 'settle', 'unsettle', 'release', 'fill', 'unfill'),
  pick: fc.nat(1000),
})

/** Random streams of things that happen to a book, mostly new orders. */
export const actions = (maxLength: number): fc.Arbitrary<readonly Action[]> =>
  fc.array(fc.oneof({ weight: 3, arbitrary: placeAction }, { weight: 2, arbitrary: otherAction }), {
    maxLength,
    size: 'max',
  })

/** The account with a number. */
export const accountOf = (number: number): Hex => `0x${number.toString(16).padStart(40, '0')}`

/** A hash out of a number. */
export const hashOf = (number: number): Hex => `0x${number.toString(16).padStart(64, '0')}`

type Apply = (command: Command) => Result<readonly Match[], OwnOrder> | Promise<Result<readonly Match[], OwnOrder>>
type Pair = { readonly askHash: Hex; readonly bidHash: Hex }

/** Turns actions into commands that can follow one another, each told to `apply`; an action with nothing to happen to is skipped. */
export const perform = async (stream: readonly Action[], apply: Apply): Promise<readonly Command[]> => {
  const commands: Command[] = []
  const orders: { readonly order: BookOrder; fills: number; used: number }[] = []
  const pairs = { settling: [] as Pair[], settled: [] as Pair[] }
  const reason = { code: 'order.funds', says: 'The maker has spent the money.' }
  const used = (hash: Hex, change: number) => {
    for (const known of orders) if (known.order.orderHash === hash) known.used += change
  }

  const commandOf = (action: Action, now: number): Command | undefined => {
    if (action.kind === 'place') return { kind: 'place', order: orderOf(action, now), filled: 0, now }
    const order = orders[action.pick % orders.length]
    const { settling, settled } = pairs
    if (action.kind === 'settle' || action.kind === 'release') {
      const pair = settling.splice(action.pick % settling.length, 1)[0]
      if (pair === undefined) return undefined
      if (action.kind === 'settle') settled.push(pair)
      else for (const hash of [pair.askHash, pair.bidHash]) used(hash, -1)
      return action.kind === 'settle' ? { kind: 'settle', ...pair } : { kind: 'release', ...pair, reason }
    }
    if (action.kind === 'unsettle') {
      const pair = settled.splice(action.pick % settled.length, 1)[0]
      if (pair !== undefined) settling.push(pair)
      return pair && { kind: 'unsettle', ...pair }
    }
    if (order === undefined) return undefined
    const { orderHash } = order.order
    if (action.kind === 'fill' || action.kind === 'unfill') {
      if (action.kind === 'fill' ? order.used >= order.order.maxFills : order.fills === 0) return undefined
      const change = action.kind === 'fill' ? 1 : -1
      order.fills += change
      order.used += change
      return action.kind === 'fill' ? { kind: 'fill', orderHash } : { kind: 'unfill', orderHash, reason }
    }
    if (action.kind === 'hold') return { kind: 'hold', orderHash, reason }
    return action.kind === 'resume' ? { kind: 'resume', orderHash, now } : { kind: action.kind, orderHash }
  }

  for (const [now, action] of stream.entries()) {
    const command = commandOf(action, now)
    if (command === undefined) continue
    commands.push(command)
    const result = await apply(command)
    if (!result.ok) continue
    if (command.kind === 'place') orders.push({ order: command.order, fills: 0, used: 0 })
    for (const { askHash, bidHash } of result.value) {
      pairs.settling.push({ askHash, bidHash })
      for (const hash of [askHash, bidHash]) used(hash, 1)
    }
  }
  return commands
}

const orderOf = (action: Extract<Action, { kind: 'place' }>, now: number): BookOrder => ({
  orderHash: hashOf(now + 1),
  side: action.side,
  maker: accountOf(action.maker),
  taker: action.taker === undefined || action.taker === action.maker ? undefined : accountOf(action.taker),
  tokenId: action.side === 'bid' && action.anyToken ? undefined : BigInt(action.token),
  price: BigInt(action.price),
  maxFills: action.side === 'ask' ? 1 : action.maxFills,
  end: now + action.lifetime,
  sequence: BigInt(now + 1),
})
