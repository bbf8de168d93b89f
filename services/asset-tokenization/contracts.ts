import type { Hex } from '@knowton/core'
import type { Currency } from '@knowton/system'

/** Where the platform's contracts are. */
export type Contracts = {
  readonly chainId: number
  readonly workToken: Hex
  readonly exchange: Hex
  readonly splitterFactory: Hex
  /** Nothing of ours is older than this block. */
  readonly deploymentBlock: number
  readonly currencies: readonly Currency[]
}

/** The address that stands for nobody, and for the chain's native currency. */
export const ZERO_ADDRESS: Hex = '0x0000000000000000000000000000000000000000'
