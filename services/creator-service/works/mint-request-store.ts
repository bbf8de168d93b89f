import type { AccountId } from '@knowton/core'
import type { Sql } from '@knowton/kit'

const DAY_MS = 86_400_000

/** Makes the mint requests of an account, and all changes to one work's mint, come one after the other until `tx` ends. */
export const lockMints = async (tx: Sql, account: AccountId, workId: string): Promise<void> => {
  await tx.query('SELECT 1 FROM account WHERE id = $1 FOR NO KEY UPDATE', [account])
  await tx.query('SELECT 1 FROM work WHERE id = $1 FOR NO KEY UPDATE', [workId])
}

/** When the oldest of the account's last `count` requests leaves the day before `now`; undefined when there were fewer. */
export const quotaFreeAt = async (tx: Sql, account: AccountId, count: number, now: Date): Promise<Date | undefined> => {
  const [oldest] = await tx.query<{ readonly requested_at: Date }>(
    `SELECT requested_at FROM mint_request WHERE account = $1 AND requested_at > $2
     ORDER BY requested_at DESC OFFSET $3 LIMIT 1`,
    [account, new Date(now.getTime() - DAY_MS), count - 1],
  )
  return oldest && new Date(oldest.requested_at.getTime() + DAY_MS)
}

/** Notes a request, which becomes the latest of its work. */
export const insertMintRequest = async (
  tx: Sql,
  request: { readonly id: string; readonly workId: string; readonly account: AccountId; readonly requestedAt: Date },
): Promise<void> => {
  await tx.query('INSERT INTO mint_request (id, work_id, account, requested_at) VALUES ($1, $2, $3, $4)', [
    request.id,
    request.workId,
    request.account,
    request.requestedAt,
  ])
  await tx.query('UPDATE work SET mint_request_id = $2 WHERE id = $1', [request.workId, request.id])
}

/** Notes that a request will never take effect. */
export const failMintRequest = async (
  tx: Sql,
  id: string,
  failure: { readonly code: string; readonly says: string },
): Promise<void> => {
  await tx.query('UPDATE mint_request SET failure_code = $2, failure_says = $3 WHERE id = $1', [
    id,
    failure.code,
    failure.says,
  ])
}
