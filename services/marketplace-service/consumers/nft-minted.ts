import type { Consumer } from '@knowton/kit'
import { recheckToken } from '../orders/due-order-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** Orders may name a token before its mint is known here, or outlive a mint that the chain undoes: they are looked at again. */
export const nftMinted: Consumer<Declared, 'nftMinted', Ports> = async ({ payload }, { tx, ports, now }) => {
  if (payload.collection !== ports.contracts.workToken) return
  await recheckToken(tx, payload.tokenId, now)
}
