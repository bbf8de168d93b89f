import { createHash } from 'node:crypto'
import type { AccountId } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import type { Ports } from '../ports.ts'
import {
  closeSession,
  insertRefreshToken,
  insertSession,
  lockRefreshToken,
  markRefreshTokenUsed,
  type Session,
} from './session-store.ts'

/** What a signed-in caller gets. */
export type Tokens = {
  readonly account: AccountId
  readonly accessToken: string
  readonly accessExpiresAt: Date
  readonly refreshToken: string
  readonly refreshExpiresAt: Date
}

/** Opens a session of `account` and gives out its first tokens. */
export const openSession = async (tx: Sql, account: AccountId, now: Date, ports: Ports): Promise<Tokens> => {
  const session = { id: ports.newId(), account }
  await insertSession(tx, session, now)
  return giveTokens(tx, session, now, ports)
}

/** What became of a refresh token. */
export type Refreshed =
  | { readonly kind: 'tokens'; readonly tokens: Tokens }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'reused' }

/**
 * Uses up a refresh token and gives out the next pair. One that was used before is in two hands, and nobody can tell in
 * which the right one is: its session is closed.
 */
export const refreshSession = async (tx: Sql, refreshToken: string, now: Date, ports: Ports): Promise<Refreshed> => {
  const hash = hashOf(refreshToken)
  const found = await lockRefreshToken(tx, hash)
  if (found === undefined) return { kind: 'unknown' }
  if (found.used_at !== null) {
    await closeSession(tx, found.id, 'token-reused', now)
    return { kind: 'reused' }
  }
  if (found.closed_at !== null || found.expires_at <= now) return { kind: 'unknown' }
  await markRefreshTokenUsed(tx, hash, now)
  return { kind: 'tokens', tokens: await giveTokens(tx, found, now, ports) }
}

/** Closes the session that a refresh token belongs to, if there is one. */
export const closeSessionOf = async (tx: Sql, refreshToken: string, now: Date): Promise<void> => {
  const found = await lockRefreshToken(tx, hashOf(refreshToken))
  if (found !== undefined) await closeSession(tx, found.id, 'signed-out', now)
}

const DAY_MS = 86_400_000
const REFRESH_TOKEN_BYTES = 32

const giveTokens = async (tx: Sql, { id, account }: Session, now: Date, ports: Ports): Promise<Tokens> => {
  const refreshToken = Buffer.from(ports.randomBytes(REFRESH_TOKEN_BYTES)).toString('base64url')
  const refreshExpiresAt = new Date(now.getTime() + ports.limits.refreshDays * DAY_MS)
  const accessExpiresAt = new Date((Math.floor(now.getTime() / 1000) + ports.limits.accessSeconds) * 1000)
  await insertRefreshToken(tx, id, hashOf(refreshToken), refreshExpiresAt)
  const accessToken = await ports.signAccessToken({ account, sessionId: id, now, expiresAt: accessExpiresAt })
  return { account, accessToken, accessExpiresAt, refreshToken, refreshExpiresAt }
}

/** The tokens are random, so a plain hash hides them well. */
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
