export {
  type Claim,
  type Income,
  type PositionBalance,
  positionBalances,
  type RoyaltyBook,
  type SplitPosition,
} from './royalty-book.ts'
export { royaltyStatement, type StatementItem } from './royalty-statement.ts'
