import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import { changeAccount, getCreatorOf } from '../accounts/account-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** Changes what the signed-in account says of itself; what is left out stays. */
export const updateMe: Handler<Declared, 'updateMe', Ports> = async ({ body }, { ports, user }) => {
  await changeAccount(ports.db, user.account, body)
  return ok(await getCreatorOf(ports.db, user.account))
}
