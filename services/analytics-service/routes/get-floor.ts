import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { readFloor } from '../queries/floor.ts'

/** The cheapest open ask of a collection. */
export const getFloor: Handler<Declared, 'getFloor', Ports> = async ({ query }, { ports }) =>
  ok(await readFloor(ports.warehouse, query.collection, query.currency))
