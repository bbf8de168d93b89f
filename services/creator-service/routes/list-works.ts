import { ok } from '@knowton/core'
import { type Handler, pageOfRows, rowsBefore } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { SELECT_WORKS, toWork, type WorkRow } from '../work-store.ts'

/** Answers with works, newest first. */
export const listWorks: Handler<Declared, 'listWorks', Ports> = async ({ query }, { ports }) => {
  const rows = await ports.db.query<WorkRow>(
    `${SELECT_WORKS} WHERE w.sequence < $1 AND ($2::text IS NULL OR w.creator = $2) ORDER BY w.sequence DESC LIMIT $3`,
    [rowsBefore(query.cursor), query.creator ?? null, query.limit + 1],
  )
  return ok(pageOfRows(rows, query.limit, ({ sequence }) => sequence, toWork))
}
