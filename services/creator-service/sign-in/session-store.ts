import type { AccountId } from '@knowton/core'
import type { Sql } from '@knowton/kit'

/** A session of an account; it lasts as long as its latest refresh token. */
export type Session = { readonly id: string; readonly account: AccountId }

/** Keeps a new session, which has no token yet. */
export const insertSession = async (tx: Sql, { id, account }: Session, now: Date): Promise<void> => {
  await tx.query('INSERT INTO session (id, account, created_at, expires_at) VALUES ($1, $2, $3, $3)', [
    id,
    account,
    now,
  ])
}

/** Closes a session; one that is closed stays as it is. */
export const closeSession = async (
  tx: Sql,
  id: string,
  because: 'signed-out' | 'token-reused',
  now: Date,
): Promise<void> => {
  await tx.query('UPDATE session SET closed_at = $2, closed_because = $3 WHERE id = $1 AND closed_at IS NULL', [
    id,
    now,
    because,
  ])
}

/** Forgets the sessions that ended before `end`, with their tokens. */
export const deleteSessionsEndedBefore = async (sql: Sql, end: Date): Promise<void> => {
  await sql.query('DELETE FROM session WHERE expires_at <= $1', [end])
}

/** A refresh token by its hash, with its session. */
export type TokenRow = Session & {
  readonly used_at: Date | null
  readonly expires_at: Date
  readonly closed_at: Date | null
}

/** Finds a refresh token. The lock on its session makes two uses of one token come one after the other. */
export const lockRefreshToken = async (tx: Sql, hash: Buffer): Promise<TokenRow | undefined> => {
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

/** Notes that a refresh token was used. */
export const markRefreshTokenUsed = async (tx: Sql, hash: Buffer, now: Date): Promise<void> => {
  await tx.query('UPDATE refresh_token SET used_at = $2 WHERE hash = $1', [hash, now])
}

/** Keeps a new refresh token of a session, which lasts until `expiresAt` from now on. */
export const insertRefreshToken = async (tx: Sql, sessionId: string, hash: Buffer, expiresAt: Date): Promise<void> => {
  await tx.query('INSERT INTO refresh_token (hash, session_id, expires_at) VALUES ($1, $2, $3)', [
    hash,
    sessionId,
    expiresAt,
  ])
  await tx.query('UPDATE session SET expires_at = $2 WHERE id = $1', [sessionId, expiresAt])
}
