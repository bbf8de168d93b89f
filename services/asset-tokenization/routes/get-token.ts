import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { assetTokenization } from '@knowton/system'
import { findToken } from '../follow/token-store.ts'
import type { Ports } from '../ports.ts'
import { toTokenView } from './token-view.ts'

/** A token as the followed chain has it. */
export const getToken: Handler<typeof assetTokenization, 'getToken', Ports> = async ({ params }, { ports }) => {
  const token = await findToken(ports.database, params.tokenId)
  return token === undefined ? refuse({ kind: 'token.unknown' }) : ok(toTokenView(token))
}
