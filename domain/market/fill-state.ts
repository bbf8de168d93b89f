/** The status of an order (FIX: OrdStatus), for people and for the wire. */
export type OrderStatus = 'open' | 'settling' | 'filled' | 'cancelled' | 'expired' | 'unfillable'

/** Why an order is set aside: a code of the error table and a sentence on this very case. */
export type Hold = { readonly code: string; readonly says: string }

/**
 * Everything that decides an order's status, in units. `filled` (FIX: CumQty) follows the chain alone; `reserved` units
 * are matched and on their way there; `closed` is set once and for good; a hold comes and goes with what the chain says.
 */
export type FillState = {
  readonly maxFills: number
  readonly filled: number
  readonly reserved: number
  readonly closed: 'cancelled' | 'expired' | undefined
  readonly hold: Hold | undefined
}

/** A new order of which `filled` units were filled before it came here. */
export const newFillState = (maxFills: number, filled = 0): FillState => ({
  maxFills,
  filled,
  reserved: 0,
  closed: undefined,
  hold: undefined,
})

/** Units neither filled nor reserved (FIX: LeavesQty, less what is reserved). */
export const remainingUnits = ({ maxFills, filled, reserved }: FillState): number =>
  Math.max(0, maxFills - filled - reserved)

/** Units that may be matched now. */
export const matchableUnits = (state: FillState): number =>
  state.closed === undefined && state.hold === undefined ? remainingUnits(state) : 0

/**
 * The status that follows from the fill state. What is final wins whatever arrives later: filled over cancelled or
 * expired, and those over everything that a look at the chain can say.
 */
export const statusOf = (state: FillState): OrderStatus => {
  if (state.filled >= state.maxFills) return 'filled'
  if (state.closed !== undefined) return state.closed
  if (remainingUnits(state) === 0) return 'settling'
  return state.hold === undefined ? 'open' : 'unfillable'
}

/** True when the status can only change by the chain undoing a trade. */
export const isTerminal = (status: OrderStatus): boolean =>
  status === 'filled' || status === 'cancelled' || status === 'expired'

/** Sets one unit aside for a match. Throws RangeError when none is matchable. */
export const reserve = (state: FillState): FillState => {
  if (matchableUnits(state) === 0) throw new RangeError('an order without a free unit cannot be reserved')
  return { ...state, reserved: state.reserved + 1 }
}

/** Gives a reserved unit back. Throws RangeError when none is reserved. */
export const release = (state: FillState): FillState => {
  if (state.reserved === 0) throw new RangeError('an order without a reservation cannot be released')
  return { ...state, reserved: state.reserved - 1 }
}

/** The chain settled a unit that no match had reserved. */
export const fill = (state: FillState): FillState => ({ ...state, filled: state.filled + 1 })

/** The chain undid a fill. Throws RangeError when there is none. */
export const unfill = (state: FillState): FillState => {
  if (state.filled === 0) throw new RangeError('an order without a fill cannot lose one')
  return { ...state, filled: state.filled - 1 }
}

/** The chain settled a reserved unit. */
export const settle = (state: FillState): FillState => fill(release(state))

/** The chain undid a settled match, which is on its way again: the unit is reserved once more, open or not. */
export const unsettle = (state: FillState): FillState => {
  const undone = unfill(state)
  return { ...undone, reserved: undone.reserved + 1 }
}

/** Takes what is left off the book for good; a closed order stays what it was closed as. */
export const close = (state: FillState, as: 'cancelled' | 'expired'): FillState =>
  state.closed === undefined ? { ...state, closed: as } : state

/** Sets the order aside until `resume`. */
export const hold = (state: FillState, reason: Hold): FillState => ({ ...state, hold: reason })

/** Lets the order match again, if nothing final has happened to it. */
export const resume = (state: FillState): FillState => ({ ...state, hold: undefined })
