/** Where an order stands, for people and for the wire. */
export type OrderState = 'open' | 'settling' | 'filled' | 'cancelled' | 'expired' | 'unfillable'

/** Why an order is set aside: a code of the error table and a sentence on this very case. */
export type Hold = { readonly code: string; readonly says: string }

/**
 * Everything that decides an order's state. `filled` follows the chain alone; `reserved` units are matched and on their
 * way there; `closed` is set once and for good; a hold comes and goes with what the chain says.
 */
export type Standing = {
  readonly maxFills: number
  readonly filled: number
  readonly reserved: number
  readonly closed: 'cancelled' | 'expired' | undefined
  readonly hold: Hold | undefined
}

/** A new order, nothing filled. */
export const newStanding = (maxFills: number, filled = 0): Standing => ({
  maxFills,
  filled,
  reserved: 0,
  closed: undefined,
  hold: undefined,
})

/** Units neither filled nor reserved. */
export const unreserved = (standing: Standing): number =>
  Math.max(0, standing.maxFills - standing.filled - standing.reserved)

/** Units that may be matched now. */
export const matchable = (standing: Standing): number =>
  standing.closed === undefined && standing.hold === undefined ? unreserved(standing) : 0

/**
 * The state as a function of the standing. What is final wins whatever arrives later: filled over cancelled or expired,
 * and those over everything that a look at the chain can say.
 */
export const stateOf = (standing: Standing): OrderState => {
  if (standing.filled >= standing.maxFills) return 'filled'
  if (standing.closed !== undefined) return standing.closed
  if (unreserved(standing) === 0) return 'settling'
  return standing.hold === undefined ? 'open' : 'unfillable'
}

/** True when the state can only change by the chain undoing a trade. */
export const isTerminal = (state: OrderState): boolean =>
  state === 'filled' || state === 'cancelled' || state === 'expired'

/** Sets one unit aside for a match. */
export const reserve = (standing: Standing): Standing => {
  if (matchable(standing) === 0) throw new RangeError('an order without a free unit cannot be reserved')
  return { ...standing, reserved: standing.reserved + 1 }
}

/** Gives a reserved unit back. */
export const release = (standing: Standing): Standing => {
  if (standing.reserved === 0) throw new RangeError('an order without a reservation cannot be released')
  return { ...standing, reserved: standing.reserved - 1 }
}

/** The chain settled a unit that no match had reserved. */
export const fill = (standing: Standing): Standing => ({ ...standing, filled: standing.filled + 1 })

/** The chain undid a fill. */
export const unfill = (standing: Standing): Standing => {
  if (standing.filled === 0) throw new RangeError('an order without a fill cannot lose one')
  return { ...standing, filled: standing.filled - 1 }
}

/** The chain settled a reserved unit. */
export const settle = (standing: Standing): Standing => fill(release(standing))

/** The chain undid a settled match, which is on its way again: the unit is reserved once more, open or not. */
export const unsettle = (standing: Standing): Standing => {
  const undone = unfill(standing)
  return { ...undone, reserved: undone.reserved + 1 }
}

/** Takes what is left off the book for good; a closed order stays what it was closed as. */
export const close = (standing: Standing, as: 'cancelled' | 'expired'): Standing =>
  standing.closed === undefined ? { ...standing, closed: as } : standing

/** Sets the order aside until `resume`. */
export const hold = (standing: Standing, reason: Hold): Standing => ({ ...standing, hold: reason })

/** Lets the order match again, if nothing final has happened to it. */
export const resume = (standing: Standing): Standing => ({ ...standing, hold: undefined })
