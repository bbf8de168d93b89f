import type { ContractSignatures } from '@knowton/adapters/chain'
import type { Hex } from '@knowton/core'
import type { Share, VoucherFacts } from '@knowton/domain/work'

/** What this service asks the chain. Everything throws the fault `chain.unreachable` when there is no answer. */
export type ChainView = ContractSignatures & {
  /** Where the factory deploys the splitter of these shares. */
  readonly predictSplitter: (shares: readonly Share[], salt: Hex, signal: AbortSignal) => Promise<Hex>
  readonly voucherFacts: (creator: Hex, nonce: bigint, signal: AbortSignal) => Promise<VoucherFacts>
}
