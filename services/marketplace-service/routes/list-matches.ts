import { ok } from '@knowton/core'
import { type Handler, pageOfRows, rowsBefore } from '@knowton/kit'
import { type MatchRow, matchColumns, toMatchView } from '../match-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** Answers with matches, newest first. */
export const listMatches: Handler<Declared, 'listMatches', Ports> = async ({ query }, { ports }) => {
  const rows = await ports.db.query<MatchRow>(
    `SELECT ${matchColumns} FROM order_match
     WHERE id < $1 AND ($2::numeric IS NULL OR token_id = $2) AND ($3::text IS NULL OR seller = $3 OR buyer = $3)
     ORDER BY id DESC LIMIT $4`,
    [rowsBefore(query.cursor), query.tokenId ?? null, query.account ?? null, query.limit + 1],
  )
  return ok(pageOfRows(rows, query.limit, ({ id }) => id, toMatchView))
}
