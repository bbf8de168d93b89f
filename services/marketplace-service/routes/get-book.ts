import { ok, toUnixSeconds } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import { findLevels } from '../books/level-store.ts'
import type { Declared, Ports } from '../ports.ts'

const MAX_LEVELS = 500

/** Answers with the levels of both sides. */
export const getBook: Handler<Declared, 'getBook', Ports> = async ({ params, query }, { ports, now }) => {
  const question = {
    collection: ports.contracts.workToken,
    currency: query.currency,
    tokenId: params.tokenId,
    now: toUnixSeconds(now),
    limit: MAX_LEVELS,
  }
  const [asks, bids] = await Promise.all([findLevels(ports.db, 'ask', question), findLevels(ports.db, 'bid', question)])
  return ok({ tokenId: params.tokenId, currency: query.currency, asks: [...asks], bids: [...bids] })
}
