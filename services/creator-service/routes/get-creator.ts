import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import { findCreator } from '../accounts/account-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** Answers with an account that has signed in here. */
export const getCreator: Handler<Declared, 'getCreator', Ports> = async ({ params }, { ports }) => {
  const creator = await findCreator(ports.db, params.account)
  return creator === undefined ? refuse({ kind: 'creator.unknown' }) : ok(creator)
}
