import type { TokenRow } from '../follow/token-store.ts'

/** The token as routes answer with it; the metadata's address follows from its hash (CIDv1, raw, sha2-256). */
export const toTokenView = ({ blockNumber: _, logIndex: __, ...token }: TokenRow) => ({
  ...token,
  tokenUri: `ipfs://f01551220${token.uriHash.slice(2)}`,
})
