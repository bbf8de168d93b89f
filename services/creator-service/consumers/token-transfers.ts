import type { Consumer } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'

/** Keeps who owns each token: whom its last movement went to. A movement whose block is undone never was. */
export const tokenTransfers: Consumer<Declared, 'tokenTransfers', Ports> = async ({ payload }, { tx, ports }) => {
  if (payload.collection !== ports.place.workToken) return
  if (payload.reverted) {
    await tx.query('DELETE FROM token_transfer WHERE fact_id = $1', [payload.factId])
    return
  }
  await tx.query(
    `INSERT INTO token_transfer (fact_id, token_id, owner, epoch, block_number, finality)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (fact_id) DO UPDATE SET finality = excluded.finality`,
    [payload.factId, payload.tokenId, payload.to, payload.epoch, payload.blockNumber, payload.finality],
  )
}
