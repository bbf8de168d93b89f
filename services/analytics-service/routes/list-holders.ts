import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { readHolders } from '../queries/holders.ts'

/** Who holds how many tokens of a collection. */
export const listHolders: Handler<Declared, 'listHolders', Ports> = async ({ query }, { ports }) =>
  ok(await readHolders(ports.warehouse, query.collection, query))
