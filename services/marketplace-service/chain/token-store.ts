import type { Sql } from '@knowton/kit'

/** How often a token has moved, as the chain's events have told so far. */
export const findEpoch = async (sql: Sql, tokenId: bigint): Promise<bigint | undefined> =>
  (await sql.query<{ readonly epoch: bigint }>('SELECT epoch FROM token WHERE token_id = $1', [tokenId]))[0]?.epoch

/** Keeps how often a token has moved; every book must be locked. */
export const saveEpoch = async (tx: Sql, tokenId: bigint, epoch: bigint): Promise<void> => {
  await tx.query(
    'INSERT INTO token (token_id, epoch) VALUES ($1, $2) ON CONFLICT (token_id) DO UPDATE SET epoch = excluded.epoch',
    [tokenId, epoch],
  )
}
