import { formatUnits, type Hex } from '@knowton/core'
import { type Order, tokenIdOfOrder } from './order.ts'

/** What the chain says, at one block, about everything that decides whether an order can fill. */
export type ChainFacts = {
  /** The counter and nonce of the maker. */
  readonly counter: bigint
  readonly nonceUsed: boolean
  readonly filled: bigint
  readonly feeBps: number
  readonly currencyAllowed: boolean
  /** The token the order names; undefined when it names none or there is none. */
  readonly token: TokenFacts | undefined
  /** What the maker of a bid has, and lets the exchange spend, of the currency. */
  readonly balance: bigint
  readonly allowance: bigint
}
export type TokenFacts = {
  readonly owner: Hex
  /** Transfer count. */
  readonly epoch: bigint
  readonly royaltyBps: number
  /** True when the exchange may move the token. */
  readonly isApproved: boolean
}

/** What is around the order. */
export type Circumstances = {
  readonly exchange: Hex
  readonly currency: { readonly symbol: string; readonly decimals: number }
  /** What matches of the maker that are not settled yet will take of the currency, base units. */
  readonly committed: bigint
}

/** Why the chain would refuse the order now, and the one action that helps; `kind` is the part after `order.` of a code. */
export type Obstacle = {
  readonly kind: 'nonce' | 'epoch' | 'not-owner' | 'not-approved' | 'funds' | 'currency' | 'invalid'
  readonly says: string
  readonly facts?: Readonly<Record<string, string | number>>
}

/** The highest royalty the Exchange pays (its MAX_ROYALTY_BPS). */
export const MAX_ROYALTY_BPS = 1_000

/** Finds why the chain would refuse the order, undefined when it would not: the checks of the Exchange, in its order. */
export const findObstacle = (order: Order, facts: ChainFacts, around: Circumstances): Obstacle | undefined =>
  findRevocation(order, facts) ??
  (facts.currencyAllowed ? undefined : disallowed) ??
  (order.side === 0 ? findAskObstacle(order, facts, around) : findBidObstacle(order, facts, around))

const disallowed: Obstacle = {
  kind: 'currency',
  says: 'The exchange does not take this currency (any more); use another one.',
}

const findRevocation = (order: Order, facts: ChainFacts): Obstacle | undefined => {
  if (order.counter !== facts.counter) {
    return {
      kind: 'nonce',
      says: `The maker's counter is ${facts.counter}, the order has ${order.counter}: all orders signed under it are cancelled. Sign again with new terms.`,
      facts: { counter: `${facts.counter}` },
    }
  }
  if (facts.nonceUsed || (order.maxFills > 1 && facts.filled >= BigInt(order.maxFills))) {
    return { kind: 'nonce', says: 'The nonce of the order is used or cancelled on chain. Sign again with new terms.' }
  }
  return undefined
}

const findAskObstacle = (order: Order, facts: ChainFacts, around: Circumstances): Obstacle | undefined => {
  const { token } = facts
  if (token === undefined) return noToken(order)
  if (token.owner !== order.maker) {
    return {
      kind: 'not-owner',
      says: `The token belongs to ${token.owner}, not to the maker; only the owner can sell it.`,
      facts: { owner: token.owner },
    }
  }
  const moved = findMove(order, token)
  if (moved !== undefined) return moved
  if (!token.isApproved) {
    return {
      kind: 'not-approved',
      says: `The exchange may not move the token; call setApprovalForAll(${around.exchange}, true) on the collection.`,
      facts: { spender: around.exchange },
    }
  }
  return findCapObstacle(order, facts.feeBps, token.royaltyBps)
}

const findCapObstacle = (order: Order, feeBps: number, royaltyBps: number): Obstacle | undefined => {
  if (royaltyBps > Math.min(order.maxRoyaltyBps, MAX_ROYALTY_BPS)) {
    return {
      kind: 'invalid',
      says: `The royalty of the token is ${royaltyBps} bps, the order allows ${order.maxRoyaltyBps}; sign with maxRoyaltyBps of at least ${royaltyBps}.`,
      facts: { royaltyBps },
    }
  }
  if (feeBps > order.maxFeeBps) {
    return {
      kind: 'invalid',
      says: `The fee is ${feeBps} bps, the order allows ${order.maxFeeBps}; sign with maxFeeBps of at least ${feeBps}.`,
      facts: { feeBps },
    }
  }
  return undefined
}

const findBidObstacle = (order: Order, facts: ChainFacts, around: Circumstances): Obstacle | undefined => {
  if (tokenIdOfOrder(order) !== undefined) {
    if (facts.token === undefined) return noToken(order)
    if (facts.token.owner === order.maker) {
      return { kind: 'invalid', says: 'The maker of the bid owns the token already.' }
    }
    const moved = findMove(order, facts.token)
    if (moved !== undefined) return moved
  }
  const needed = order.pricePerUnit + around.committed
  const show = (units: bigint) => `${formatUnits(units, around.currency.decimals)} ${around.currency.symbol}`
  const why = around.committed === 0n ? '' : `, ${show(around.committed)} of it for matches being settled`
  if (facts.balance < needed) {
    return {
      kind: 'funds',
      says: `The maker has ${show(facts.balance)}, the bid needs ${show(needed)}${why}; add ${show(needed - facts.balance)}.`,
      facts: { needed: `${needed}`, available: `${facts.balance}`, currency: order.currency },
    }
  }
  if (facts.allowance < needed) {
    return {
      kind: 'not-approved',
      says: `The exchange may spend ${show(facts.allowance)} of the maker, the bid needs ${show(needed)}${why}; approve ${around.exchange} for at least that.`,
      facts: {
        needed: `${needed}`,
        available: `${facts.allowance}`,
        currency: order.currency,
        spender: around.exchange,
      },
    }
  }
  return undefined
}

const noToken = (order: Order): Obstacle => ({
  kind: order.side === 0 ? 'not-owner' : 'invalid',
  says: `There is no token ${tokenIdOfOrder(order)}; it must be minted first.`,
})

const findMove = (order: Order, token: TokenFacts): Obstacle | undefined =>
  order.tokenEpoch === 0n || order.tokenEpoch === token.epoch
    ? undefined
    : {
        kind: 'epoch',
        says: `The token has moved: its epoch is ${token.epoch}, the order has ${order.tokenEpoch}. Sign again with new terms.`,
        facts: { tokenEpoch: `${token.epoch}` },
      }
