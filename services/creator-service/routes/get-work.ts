import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { findWork } from '../works/work-store.ts'

/** Answers with a work. */
export const getWork: Handler<Declared, 'getWork', Ports> = async ({ params }, { ports }) => {
  const work = await findWork(ports.db, params.workId)
  return work === undefined ? refuse({ kind: 'work.unknown' }) : ok(work)
}
