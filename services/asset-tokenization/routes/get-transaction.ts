import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { assetTokenization } from '@knowton/system'
import type { Ports } from '../ports.ts'
import { findRequest } from '../relay/request-store.ts'

/** How far a relayed request is. */
export const getTransaction: Handler<typeof assetTokenization, 'getTransaction', Ports> = async (
  { params },
  { ports },
) => {
  const request = await findRequest(ports.database, params.requestId)
  return request === undefined ? refuse({ kind: 'transaction.unknown' }) : ok(request)
}
