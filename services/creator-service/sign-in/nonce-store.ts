import type { Sql } from '@knowton/kit'

/** Keeps a nonce that a sign-in may use once, until `expiresAt`. */
export const insertNonce = async (sql: Sql, nonce: string, expiresAt: Date): Promise<void> => {
  await sql.query('INSERT INTO sign_in_nonce (nonce, expires_at) VALUES ($1, $2)', [nonce, expiresAt])
}

/** Uses a nonce up; false when it is unknown, used or expired. */
export const takeNonce = async (sql: Sql, nonce: string, now: Date): Promise<boolean> => {
  const [used] = await sql.query<{ readonly expires_at: Date }>(
    'DELETE FROM sign_in_nonce WHERE nonce = $1 RETURNING expires_at',
    [nonce],
  )
  return used !== undefined && used.expires_at > now
}

/** Forgets the nonces that nobody used in time. */
export const deleteExpiredNonces = async (sql: Sql, now: Date): Promise<void> => {
  await sql.query('DELETE FROM sign_in_nonce WHERE expires_at <= $1', [now])
}
