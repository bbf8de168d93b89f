import { ok } from '@knowton/core'
import { type Handler, pageCursor, pageOf } from '@knowton/kit'
import * as z from 'zod'
import { listTokenRows, toTokenView } from '../follow/token-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** The place of a page's last mint on the chain. */
const cursor = pageCursor(z.object({ blockNumber: z.string().regex(/^\d{1,15}$/), logIndex: z.int().min(0) }))

/** Tokens, newest first. */
export const listTokens: Handler<Declared, 'listTokens', Ports> = async ({ query }, { ports }) => {
  const { limit, owner, creator } = query
  const rows = await listTokenRows(ports.db, { owner, creator }, cursor.decode(query.cursor), limit + 1)
  const { items, next } = pageOf(rows, limit, cursor, ({ blockNumber, logIndex }) => ({
    blockNumber: blockNumber.toString(),
    logIndex,
  }))
  return ok({ items: items.map(toTokenView), next })
}
