export { type Book, createBook } from './book.ts'
export type { Command } from './command.ts'
export {
  type ChainFacts,
  type Circumstances,
  findObstacle,
  MAX_ROYALTY_BPS,
  type Obstacle,
  type TokenFacts,
} from './fillability.ts'
export { type Level, levelsOf } from './levels.ts'
export { type Candidate, type Match, matchOrder, type OwnOrder, ownOrderHold } from './matching.ts'
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
export {
  close,
  fill,
  type Hold,
  hold,
  isTerminal,
  matchable,
  newStanding,
  type OrderState,
  release,
  reserve,
  resume,
  type Standing,
  settle,
  stateOf,
  unfill,
  unreserved,
  unsettle,
} from './standing.ts'
export { checkTerms, type Objection, type Venue } from './terms.ts'
