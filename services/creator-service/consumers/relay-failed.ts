import type { Consumer } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { failMintRequest } from '../works/mint-request-store.ts'

/** Notes that a mint will not happen and why; the creator may ask again. */
export const relayFailed: Consumer<Declared, 'relayFailed', Ports> = async ({ payload }, { tx }) => {
  if (payload.work === 'mint') await failMintRequest(tx, payload.requestId, payload)
}
