import type { Hex } from '@knowton/core'
import type { Share, VoucherFacts } from '@knowton/domain/work'

/** A statement that an account is said to have signed; `digest` is what was signed. */
export type SignedDigest = { readonly account: Hex; readonly digest: Hex; readonly signature: Hex }

/** What this service asks the chain. Everything throws the fault `chain.unreachable` when there is no answer. */
export type ChainView = {
  /** Where the factory deploys the splitter of these shares. */
  readonly predictSplitter: (shares: readonly Share[], salt: Hex, signal: AbortSignal) => Promise<Hex>
  readonly voucherFacts: (creator: Hex, nonce: bigint, signal: AbortSignal) => Promise<VoucherFacts>
  /** True when the contract at `account` approves the signature now (ERC-1271). */
  readonly approves: (signed: SignedDigest, signal: AbortSignal) => Promise<boolean>
  /** Like `approves`, also for a contract that is not deployed yet and whose signature says how it would be (ERC-6492). */
  readonly approvesOnceDeployed: (signed: SignedDigest, signal: AbortSignal) => Promise<boolean>
}
