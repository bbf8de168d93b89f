import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import { findToken, toTokenView } from '../follow/token-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** A token as the followed chain has it. */
export const getToken: Handler<Declared, 'getToken', Ports> = async ({ params }, { ports }) => {
  const token = await findToken(ports.db, params.tokenId)
  return token === undefined ? refuse({ kind: 'token.unknown' }) : ok(toTokenView(token))
}
