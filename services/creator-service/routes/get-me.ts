import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import { getCreatorOf } from '../accounts/account-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** Answers with the signed-in account. */
export const getMe: Handler<Declared, 'getMe', Ports> = async (_input, { ports, user }) =>
  ok(await getCreatorOf(ports.db, user.account))
