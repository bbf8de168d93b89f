import { type AccountId, addressOf, Fault } from '@knowton/core'
import type { Sql } from '@knowton/kit'

/** An account as others see it. */
export type Creator = {
  readonly account: AccountId
  readonly displayName: string
  readonly bio: string
  readonly firstSeenAt: Date
  readonly works: number
}

/** Notes that `account` has signed in; the first time it is called by its short address. */
export const ensureAccount = async (tx: Sql, account: AccountId, now: Date): Promise<void> => {
  const address = addressOf(account)
  const displayName = `${address.slice(0, 6)}…${address.slice(-4)}`
  await tx.query(
    'INSERT INTO account (id, display_name, first_seen_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING',
    [account, displayName, now],
  )
}

/** Changes what `account` says of itself; what is left out stays. */
export const changeAccount = async (
  sql: Sql,
  account: AccountId,
  change: { readonly displayName?: string | undefined; readonly bio?: string | undefined },
): Promise<void> => {
  await sql.query(
    'UPDATE account SET display_name = coalesce($2, display_name), bio = coalesce($3, bio) WHERE id = $1',
    [account, change.displayName ?? null, change.bio ?? null],
  )
}

type Row = {
  readonly id: AccountId
  readonly display_name: string
  readonly bio: string
  readonly first_seen_at: Date
  readonly works: bigint
}

/** The account, when it has signed in here. */
export const findCreator = async (sql: Sql, account: AccountId): Promise<Creator | undefined> => {
  const [row] = await sql.query<Row>(
    `SELECT id, display_name, bio, first_seen_at, (SELECT count(*) FROM work WHERE creator = account.id) AS works
     FROM account WHERE id = $1`,
    [account],
  )
  if (row === undefined) return undefined
  return {
    account: row.id,
    displayName: row.display_name,
    bio: row.bio,
    firstSeenAt: row.first_seen_at,
    works: Number(row.works),
  }
}

/** The account that a valid access token names. Throws the fault `auth.invalid` when this database never gave it one. */
export const getCreatorOf = async (sql: Sql, account: AccountId): Promise<Creator> => {
  const found = await findCreator(sql, account)
  if (found === undefined) throw new Fault('auth.invalid', 'The access token names an account that is not known here.')
  return found
}
