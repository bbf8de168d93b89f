import type { Consumer } from '@knowton/kit'
import { failMintRequest } from '../mint-request-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** Notes that a mint will not happen and why; the creator may ask again. */
export const relayFailed: Consumer<Declared, 'relayFailed', Ports> = async ({ payload }, { tx }) => {
  if (payload.work === 'mint') await failMintRequest(tx, payload.requestId, payload)
}
