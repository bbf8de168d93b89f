import { type Hex, MAX_UINT256, ok, type Result, refuse } from '@knowton/core'
import { type Order, ZERO_ADDRESS, ZERO_BYTES32 } from './order.ts'

/** What this market takes. */
export type Venue = {
  readonly collection: Hex
  readonly currencies: readonly Hex[]
}

/** Why an order cannot be taken, told from the order alone: the part after `order.` of an error code. */
export type Objection = { readonly kind: 'invalid' | 'currency' | 'expired'; readonly says: string }

const MAX_EPOCH = 2n ** 96n - 1n
/** The contracts compute `price · bps` in 256 bits. */
const MAX_PRICE = MAX_UINT256 / 10_000n

/** Checks an order against itself, the market and the clock (`now` in seconds since 1970). */
export const checkTerms = (order: Order, venue: Venue, now: number): Result<undefined, Objection> => {
  const fault = shapeFault(order) ?? criteriaFault(order, venue) ?? fillsFault(order)
  if (fault !== undefined) return refuse({ kind: 'invalid', says: fault })
  const currency = currencyFault(order, venue)
  if (currency !== undefined) return refuse({ kind: 'currency', says: currency })
  if (order.start > now) {
    return refuse({ kind: 'expired', says: `The order starts at ${order.start}, it is ${now}; place it then.` })
  }
  if (order.end < now) {
    return refuse({
      kind: 'expired',
      says: `The order ended at ${order.end}, it is ${now}; sign one with a later end.`,
    })
  }
  return ok(undefined)
}

const shapeFault = (order: Order): string | undefined => {
  if (order.maker === ZERO_ADDRESS) return 'maker must not be the zero address.'
  if (order.taker === order.maker) return 'taker must not be the maker: nobody could take the order.'
  if (order.validation !== ZERO_BYTES32) return 'validation is reserved and must be zero.'
  if (order.pricePerUnit === 0n) return 'pricePerUnit must be at least 1 base unit.'
  if (order.pricePerUnit > MAX_PRICE) return `pricePerUnit must be at most ${MAX_PRICE}.`
  return undefined
}

const criteriaFault = (order: Order, venue: Venue): string | undefined => {
  if (order.collection !== venue.collection)
    return `collection must be ${venue.collection}: other tokens do not trade here.`
  if (order.criteriaKind === 2) {
    return 'criteriaKind 2 is not matched here, the list behind its root being unknown: place an order for each token, or a bid with criteriaKind 0.'
  }
  if (order.criteriaKind === 1) return undefined
  if (order.side === 0) return 'An ask must name its token: criteriaKind 1 and the token id as criteria.'
  if (order.criteria !== ZERO_BYTES32) return 'criteria must be zero when criteriaKind is 0.'
  if (order.tokenEpoch !== 0n) return 'tokenEpoch belongs to one token: it must be 0 when criteriaKind is 0.'
  return undefined
}

const fillsFault = (order: Order): string | undefined => {
  if (order.tokenEpoch > MAX_EPOCH) return 'tokenEpoch must fit in 96 bits.'
  if (order.side === 1) return undefined
  if (order.maxFills !== 1) return 'maxFills of an ask must be 1: there is one of the token.'
  if (order.tokenEpoch === 0n)
    return 'An ask must carry the tokenEpoch of its token (see terms), so that it ends when the token moves.'
  return undefined
}

const currencyFault = (order: Order, venue: Venue): string | undefined => {
  if (!venue.currencies.includes(order.currency)) return `currency must be one of ${venue.currencies.join(', ')}.`
  if (order.side === 1 && order.currency === ZERO_ADDRESS) {
    return 'A bid cannot be in the native currency, which nobody can take from an account later: bid in a token.'
  }
  return undefined
}
