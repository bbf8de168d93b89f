import type { AskContract } from '@knowton/adapters/chain'
import type { Hex } from '@knowton/core'
import type { ChainFacts, Order, TokenFacts } from '@knowton/domain/market'

/** What must be known of the chain before an order is taken; every answer is of one block. */
export type ChainView = {
  /** Everything that decides whether the order can fill. Throws the fault `chain.unreachable`. */
  readonly factsOf: (order: Order, orderHash: Hex, signal: AbortSignal) => Promise<ChainFacts>
  /** What a new order must carry. Throws the fault `chain.unreachable`. */
  readonly termsOf: (question: TermsQuestion, signal: AbortSignal) => Promise<ChainTerms>
  /** True when the account is a contract that approves the signature (ERC-1271). Throws the fault `chain.unreachable`. */
  readonly approves: AskContract
}

export type TermsQuestion = { readonly maker: Hex; readonly nonce: bigint; readonly tokenId: bigint | undefined }
export type ChainTerms = {
  readonly counter: bigint
  readonly nonceUsed: boolean
  readonly feeBps: number
  readonly token: TokenFacts | undefined
}
