import { ok } from '@knowton/core'
import { type Handler, pageCursor, pageOf } from '@knowton/kit'
import type { assetTokenization } from '@knowton/system'
import * as z from 'zod'
import { listTokenRows } from '../follow/token-store.ts'
import type { Ports } from '../ports.ts'
import { toTokenView } from './token-view.ts'

/** The place of a page's last mint on the chain. */
const cursor = pageCursor(z.object({ blockNumber: z.string().regex(/^\d{1,15}$/), logIndex: z.int().min(0) }))

/** Tokens, newest first. */
export const listTokens: Handler<typeof assetTokenization, 'listTokens', Ports> = async ({ query }, { ports }) => {
  const { limit, owner, creator } = query
  const rows = await listTokenRows(ports.database, { owner, creator }, cursor.decode(query.cursor), limit + 1)
  const { items, next } = pageOf(rows, limit, cursor, ({ blockNumber, logIndex }) => ({
    blockNumber: blockNumber.toString(),
    logIndex,
  }))
  return ok({ items: items.map(toTokenView), next })
}
