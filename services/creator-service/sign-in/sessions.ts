import { createHash } from 'node:crypto'
import type { AccountId } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import type { Ports } from '../ports.ts'

/** What a signed-in caller gets. */
export type Tokens = {
  readonly account: AccountId
  readonly accessToken: string
  readonly accessExpiresAt: Date
  readonly refreshToken: string
  readonly refreshExpiresAt: Date
}

type Session = { readonly id: string; readonly account: AccountId }

/** Opens a session of `account` and gives out its first tokens. */
export const openSession = async (tx: Sql, account: AccountId, now: Date, ports: Ports): Promise<Tokens> => {
  const id = ports.newId()
  await tx.query('INSERT INTO session (id, account, created_at, expires_at) VALUES ($1, $2, $3, $3)', [
    id,
    account,
    now,
  ])
  return giveTokens(tx, { id, account }, now, ports)
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
  const found = await lockToken(tx, refreshToken)
  if (found === undefined) return { kind: 'unknown' }
  if (found.used_at !== null) {
    await closeSession(tx, found.id, 'token-reused', now)
    return { kind: 'reused' }
  }
  if (found.closed_at !== null || found.expires_at <= now) return { kind: 'unknown' }
  await tx.query('UPDATE refresh_token SET used_at = $2 WHERE hash = $1', [hashOf(refreshToken), now])
  return { kind: 'tokens', tokens: await giveTokens(tx, found, now, ports) }
}

/** Closes the session that a refresh token belongs to, if there is one. */
export const closeSessionOf = async (tx: Sql, refreshToken: string, now: Date): Promise<void> => {
  const found = await lockToken(tx, refreshToken)
  if (found !== undefined) await closeSession(tx, found.id, 'signed-out', now)
}

const closeSession = async (tx: Sql, id: string, because: 'signed-out' | 'token-reused', now: Date): Promise<void> => {
  await tx.query('UPDATE session SET closed_at = $2, closed_because = $3 WHERE id = $1 AND closed_at IS NULL', [
    id,
    now,
    because,
  ])
}

type TokenRow = Session & {
  readonly used_at: Date | null
  readonly expires_at: Date
  readonly closed_at: Date | null
}

/** The lock on the session makes two uses of one token come one after the other. */
const lockToken = async (tx: Sql, refreshToken: string): Promise<TokenRow | undefined> => {
  const hash = hashOf(refreshToken)
  await tx.query(
    'SELECT 1 FROM session WHERE id = (SELECT session_id FROM refresh_token WHERE hash = $1) FOR NO KEY UPDATE',
    [hash],
  )
  const [row] = await tx.query<TokenRow>(
    `SELECT s.id, s.account, s.closed_at, t.used_at, t.expires_at
     FROM refresh_token t JOIN session s ON s.id = t.session_id WHERE t.hash = $1`,
    [hash],
  )
  return row
}

const DAY_MS = 86_400_000
const REFRESH_TOKEN_BYTES = 32

const giveTokens = async (tx: Sql, { id, account }: Session, now: Date, ports: Ports): Promise<Tokens> => {
  const refreshToken = Buffer.from(ports.randomBytes(REFRESH_TOKEN_BYTES)).toString('base64url')
  const refreshExpiresAt = new Date(now.getTime() + ports.limits.refreshDays * DAY_MS)
  const accessExpiresAt = new Date((Math.floor(now.getTime() / 1000) + ports.limits.accessSeconds) * 1000)
  await tx.query('INSERT INTO refresh_token (hash, session_id, expires_at) VALUES ($1, $2, $3)', [
    hashOf(refreshToken),
    id,
    refreshExpiresAt,
  ])
  await tx.query('UPDATE session SET expires_at = $2 WHERE id = $1', [id, refreshExpiresAt])
  const accessToken = await ports.signAccessToken({ account, sessionId: id, now, expiresAt: accessExpiresAt })
  return { account, accessToken, accessExpiresAt, refreshToken, refreshExpiresAt }
}

/** The tokens are random, so a plain hash hides them well. */
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
