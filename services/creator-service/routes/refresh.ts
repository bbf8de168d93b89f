import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { refreshSession } from '../sign-in/sessions.ts'

/** Exchanges a refresh token for a new pair. The closing of a session whose token was reused commits with the refusal. */
export const refresh: Handler<Declared, 'refresh', Ports> = async ({ body }, { ports, now, log }) => {
  const refreshed = await ports.db.transaction((tx) => refreshSession(tx, body.refreshToken, now, ports))
  if (refreshed.kind === 'tokens') return ok(refreshed.tokens)
  if (refreshed.kind === 'unknown') return refuse({ kind: 'auth.refresh' })
  log.warn('a refresh token was used twice; its session is closed')
  return refuse({ kind: 'auth.reuse' })
}
