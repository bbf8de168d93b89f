import { address, type Hex } from '@knowton/core'
import { pageCursor, pageOf, type Warehouse } from '@knowton/kit'
import * as z from 'zod'

const ZERO_ADDRESS: Hex = `0x${'0'.repeat(40)}`

const cursor = pageCursor(z.tuple([z.int().min(1), address]))

/** A page of the owners of a collection's tokens, most tokens first: an owner is who the last standing movement went to. */
export const readHolders = async (
  warehouse: Warehouse,
  collection: Hex,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) => {
  const after = cursor.decode(page.cursor)
  const rows = await warehouse.query<{ address: Hex; tokens: string }>(
    `SELECT owner AS address, count() AS tokens
     FROM (
       SELECT argMax(recipient, (block_number, log_index)) AS owner
       FROM token_transfers FINAL
       WHERE collection = {collection:String} AND NOT reverted
       GROUP BY token_id
     )
     WHERE owner != {nobody:String}
     GROUP BY owner
     ${after === undefined ? '' : 'HAVING tokens < {tokens:UInt64} OR (tokens = {tokens:UInt64} AND address > {address:String})'}
     ORDER BY tokens DESC, address LIMIT {rows:UInt32}`,
    {
      collection,
      nobody: ZERO_ADDRESS,
      rows: page.limit + 1,
      ...(after === undefined ? {} : { tokens: after[0], address: after[1] }),
    },
  )
  const holders = rows.map((row) => ({ address: row.address, tokens: Number(row.tokens) }))
  return pageOf(holders, page.limit, cursor, (holder) => [holder.tokens, holder.address])
}
