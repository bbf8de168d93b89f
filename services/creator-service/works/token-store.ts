import type { Hex } from '@knowton/core'
import type { Sql } from '@knowton/kit'

/** Where a fact of the chain stands. */
type Placed = { readonly factId: string; readonly blockNumber: number; readonly finality: string }

/** Notes that a token was minted, and to whom; of a mint that is known only the finality changes. */
export const saveMint = async (
  tx: Sql,
  mint: Placed & {
    readonly tokenId: bigint
    readonly contentHash: Hex
    readonly owner: Hex
    readonly transactionHash: Hex
  },
): Promise<void> => {
  await tx.query(
    `INSERT INTO token_mint (fact_id, token_id, content_hash, owner, transaction_hash, block_number, finality)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (fact_id) DO UPDATE SET finality = excluded.finality`,
    [mint.factId, mint.tokenId, mint.contentHash, mint.owner, mint.transactionHash, mint.blockNumber, mint.finality],
  )
}

/** Forgets a mint whose block is undone. */
export const deleteMint = async (tx: Sql, factId: string): Promise<void> => {
  await tx.query('DELETE FROM token_mint WHERE fact_id = $1', [factId])
}

/** Notes whom a token went to; `epoch` counts the token's movements. Of one that is known only the finality changes. */
export const saveTransfer = async (
  tx: Sql,
  transfer: Placed & { readonly tokenId: bigint; readonly owner: Hex; readonly epoch: bigint },
): Promise<void> => {
  await tx.query(
    `INSERT INTO token_transfer (fact_id, token_id, owner, epoch, block_number, finality)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (fact_id) DO UPDATE SET finality = excluded.finality`,
    [transfer.factId, transfer.tokenId, transfer.owner, transfer.epoch, transfer.blockNumber, transfer.finality],
  )
}

/** Forgets a movement whose block is undone. */
export const deleteTransfer = async (tx: Sql, factId: string): Promise<void> => {
  await tx.query('DELETE FROM token_transfer WHERE fact_id = $1', [factId])
}
