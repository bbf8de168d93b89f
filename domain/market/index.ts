export { type Change, type Command, nextFillState, ordersOf } from './command.ts'
export {
  type FillState,
  type Hold,
  hold,
  isTerminal,
  matchableUnits,
  newFillState,
  type OrderStatus,
  remainingUnits,
  reserve,
  resume,
  statusOf,
} from './fill-state.ts'
export { type Candidate, type Incoming, type Match, matchOrder, type OwnOrder, ownOrderHold } from './matching.ts'
export {
  type BookOrder,
  type Order,
  type Side,
  sideOf,
  toBookOrder,
  tokenIdOfOrder,
  ZERO_ADDRESS,
  ZERO_BYTES32,
} from './order.ts'
export { checkTerms, type Objection, type Venue } from './terms.ts'
export {
  type ChainFacts,
  type Circumstances,
  findObstacle,
  MAX_ROYALTY_BPS,
  type Obstacle,
  type TokenFacts,
} from './validity.ts'
