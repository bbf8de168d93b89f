import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { findRequest } from '../relay/request-store.ts'

/** How far a relayed request is. */
export const getTransaction: Handler<Declared, 'getTransaction', Ports> = async ({ params }, { ports }) => {
  const request = await findRequest(ports.db, params.requestId)
  return request === undefined ? refuse({ kind: 'transaction.unknown' }) : ok(request)
}
