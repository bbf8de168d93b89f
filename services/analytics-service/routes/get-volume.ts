import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { readVolume } from '../queries/volume.ts'

/** Volume by currency in a window. */
export const getVolume: Handler<Declared, 'getVolume', Ports> = async ({ query }, { ports }) =>
  ok({ items: await readVolume(ports.warehouse, query) })
