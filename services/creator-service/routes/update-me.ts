import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import { getCreatorOf } from '../account-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** Changes what the signed-in account says of itself; what is left out stays. */
export const updateMe: Handler<Declared, 'updateMe', Ports> = async ({ body }, { ports, user }) => {
  await ports.db.query(
    'UPDATE account SET display_name = coalesce($2, display_name), bio = coalesce($3, bio) WHERE id = $1',
    [user.account, body.displayName ?? null, body.bio ?? null],
  )
  return ok(await getCreatorOf(ports.db, user.account))
}
