import type { Consumer } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { deleteTransfer, saveTransfer } from '../works/token-store.ts'

/** Keeps who owns each token: whom its last movement went to. A movement whose block is undone never was. */
export const tokenTransfers: Consumer<Declared, 'tokenTransfers', Ports> = async ({ payload }, { tx, ports }) => {
  if (payload.collection !== ports.contracts.workToken) return
  if (payload.reverted) await deleteTransfer(tx, payload.factId)
  else await saveTransfer(tx, { ...payload, owner: payload.to })
}
