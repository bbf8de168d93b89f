import { ok } from '@knowton/core'
import { type Handler, pageOfRows, rowsBefore } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { listWorkRows, toWork } from '../works/work-store.ts'

/** Answers with works, newest first. */
export const listWorks: Handler<Declared, 'listWorks', Ports> = async ({ query }, { ports }) => {
  const rows = await listWorkRows(ports.db, query, rowsBefore(query.cursor), query.limit + 1)
  return ok(pageOfRows(rows, query.limit, ({ sequence }) => sequence, toWork))
}
