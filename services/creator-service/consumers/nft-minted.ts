import type { Consumer } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { deleteMint, saveMint } from '../works/token-store.ts'

/** Keeps which works are minted; a mint whose block is undone never was. */
export const nftMinted: Consumer<Declared, 'nftMinted', Ports> = async ({ payload }, { tx, ports }) => {
  if (payload.collection !== ports.contracts.workToken) return
  if (payload.reverted) await deleteMint(tx, payload.factId)
  else await saveMint(tx, { ...payload, owner: payload.to })
}
