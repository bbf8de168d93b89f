import { ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { closeSessionOf } from '../sign-in/sessions.ts'

/** Closes a session; a token that belongs to none is signed out already. */
export const signOut: Handler<Declared, 'signOut', Ports> = async ({ body }, { ports, now }) => {
  await ports.db.transaction((tx) => closeSessionOf(tx, body.refreshToken, now))
  return ok({ signedOut: true })
}
