import type { Consumer } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'

/** Keeps which works are minted; a mint whose block is undone never was. */
export const nftMinted: Consumer<Declared, 'nftMinted', Ports> = async ({ payload }, { tx, ports }) => {
  if (payload.collection !== ports.place.workToken) return
  if (payload.reverted) {
    await tx.query('DELETE FROM token_mint WHERE fact_id = $1', [payload.factId])
    return
  }
  await tx.query(
    `INSERT INTO token_mint (fact_id, token_id, content_hash, owner, transaction_hash, block_number, finality)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (fact_id) DO UPDATE SET finality = excluded.finality`,
    [
      payload.factId,
      payload.tokenId,
      payload.contentHash,
      payload.to,
      payload.transactionHash,
      payload.blockNumber,
      payload.finality,
    ],
  )
}
