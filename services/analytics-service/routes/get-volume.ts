import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { analyticsService } from '@knowton/system'
import type { Ports } from '../ports.ts'
import { readVolume } from '../queries/volume.ts'

/** Volume by currency in a window. */
export const getVolume: Handler<typeof analyticsService, 'getVolume', Ports> = async ({ query }, { ports }) =>
  ok({ items: await readVolume(ports.warehouse, query) })
