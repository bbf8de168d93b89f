import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'

/** Answers with what an order must carry; the nonce is random, so that two clients never get the same one. */
export const getTerms: Handler<Declared, 'getTerms', Ports> = async ({ query }, { ports, signal }) => {
  const { chain, contracts } = ports
  for (;;) {
    const nonce = ports.randomNonce()
    const terms = await chain.termsOf({ maker: query.maker, nonce, tokenId: query.tokenId }, signal)
    if (query.tokenId !== undefined && terms.token === undefined) return refuse({ kind: 'token.unknown' })
    if (terms.nonceUsed) continue
    return ok({
      chainId: contracts.chainId,
      exchange: contracts.exchange,
      collection: contracts.workToken,
      nonce,
      counter: terms.counter,
      tokenEpoch: terms.token?.epoch ?? null,
      feeBps: terms.feeBps,
      royaltyBps: terms.token?.royaltyBps ?? null,
    })
  }
}
