import type { Hex } from '@knowton/core'
import type { Sql } from '@knowton/kit'
import type { Contracts } from '../ports.ts'

/** Up to which block facts have been announced as safe and as finalized. */
export type Settled = { readonly safe: number; readonly finalized: number }

/** How far the chain has been followed. */
export type ChainCursor = {
  readonly number: number
  /** Null before the first block. */
  readonly hash: Hex | null
  readonly settled: Settled
}

type CursorRow = {
  readonly number: bigint
  readonly hash: Hex | null
  readonly safe: bigint
  readonly finalized: bigint
}

const read = `SELECT block_number AS number, block_hash AS hash, safe_number AS safe, finalized_number AS finalized
  FROM chain_cursor WHERE chain_id = $1`

/** Where following stands; right before the contracts' deployment when it has not begun. */
export const loadCursor = async (sql: Sql, { chainId, deploymentBlock }: Contracts): Promise<ChainCursor> => {
  const [row] = await sql.query<CursorRow>(read, [chainId])
  const before = deploymentBlock - 1
  return row === undefined
    ? { number: before, hash: null, settled: { safe: before, finalized: before } }
    : toCursor(row)
}

const toCursor = (row: CursorRow): ChainCursor => ({
  number: Number(row.number),
  hash: row.hash,
  settled: { safe: Number(row.safe), finalized: Number(row.finalized) },
})

/** Locks the cursor until `tx` ends; false when it has left `expected` meanwhile. */
export const lockCursor = async (tx: Sql, contracts: Contracts, expected: ChainCursor): Promise<boolean> => {
  const { number, hash, settled } = expected
  await tx.query('INSERT INTO chain_cursor VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
    contracts.chainId,
    number,
    hash,
    settled.safe,
    settled.finalized,
  ])
  const [row] = await tx.query<CursorRow>(`${read} FOR UPDATE`, [contracts.chainId])
  return row !== undefined && Number(row.number) === number && row.hash === hash
}

/** Keeps the cursor from moving until `tx` ends, and says where it is. */
export const holdCursor = async (tx: Sql, contracts: Contracts): Promise<ChainCursor> => {
  await tx.query('SELECT FROM chain_cursor WHERE chain_id = $1 FOR SHARE', [contracts.chainId])
  return loadCursor(tx, contracts)
}

/** Moves the cursor; together with the effects of the blocks, in their transaction. */
export const saveCursor = async (tx: Sql, contracts: Contracts, { number, hash, settled }: ChainCursor) => {
  await tx.query(
    `UPDATE chain_cursor SET block_number = $2, block_hash = $3, safe_number = $4, finalized_number = $5
     WHERE chain_id = $1`,
    [contracts.chainId, number, hash, settled.safe, settled.finalized],
  )
}
