import { ok } from '@knowton/core'
import { type Handler, pageOfRows, rowsBefore } from '@knowton/kit'
import { listMatchRows, toMatchView } from '../matches/match-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** Answers with matches, newest first. */
export const listMatches: Handler<Declared, 'listMatches', Ports> = async ({ query }, { ports }) => {
  const rows = await listMatchRows(ports.db, query, rowsBefore(query.cursor), query.limit + 1)
  return ok(pageOfRows(rows, query.limit, ({ id }) => id, toMatchView))
}
