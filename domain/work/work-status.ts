/** Where a work is on its way to the chain. */
export type WorkStatus = 'registered' | 'minting' | 'minted' | 'mint-failed'

/** What is known of a work's mint: our request, and what the chain says. */
export type MintFacts = {
  /** The chain holds the token, or held it until it was burned; the mint is not undone. */
  readonly isMinted: boolean
  /** The creator asked the platform to mint. */
  readonly isRequested: boolean
  /** The latest request will never take effect. */
  readonly isFailed: boolean
}

/** The status follows from the facts, in whatever order they came; the chain's word wins over ours. */
export const statusOf = ({ isMinted, isRequested, isFailed }: MintFacts): WorkStatus => {
  if (isMinted) return 'minted'
  if (!isRequested) return 'registered'
  return isFailed ? 'mint-failed' : 'minting'
}

/** True when the creator may ask for a mint: nothing is under way and nothing is minted. */
export const mayRequestMint = (status: WorkStatus): boolean => status === 'registered' || status === 'mint-failed'
