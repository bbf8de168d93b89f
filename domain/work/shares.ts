import { type Hex, ok, PPM, type Result, refuse } from '@knowton/core'

/** One collaborator's part of the royalty income, in parts per million. */
export type Share = { readonly address: Hex; readonly sharePpm: number }

/** The most collaborators a work may have: the splitter's limit. */
export const MAX_SHARES = 32

const ZERO_ADDRESS: Hex = `0x${'0'.repeat(40)}`

/** Checks what the splitter contract will check; refuses with a sentence. Order is kept: it gives the splitter's positions. */
export const checkShares = (shares: readonly Share[]): Result<readonly Share[], { readonly says: string }> => {
  if (shares.length === 0 || shares.length > MAX_SHARES) {
    return refuse({ says: `There are ${shares.length} shares; there must be 1 to ${MAX_SHARES}.` })
  }
  const seen = new Set<string>()
  for (const { address, sharePpm } of shares) {
    if (address === ZERO_ADDRESS) return refuse({ says: 'The zero address can receive no share.' })
    if (seen.has(address)) return refuse({ says: `${address} is named twice; give it one share.` })
    if (!Number.isInteger(sharePpm) || sharePpm < 1) {
      return refuse({ says: `The share of ${address} is ${sharePpm}; it must be a whole number of parts per million.` })
    }
    seen.add(address)
  }
  const sum = shares.reduce((total, share) => total + share.sharePpm, 0)
  return sum === PPM ? ok(shares) : refuse({ says: `The shares sum to ${sum} parts per million, not ${PPM}.` })
}
