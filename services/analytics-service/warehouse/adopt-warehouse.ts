import { type Database, rewind, type Warehouse } from '@knowton/kit'

/**
 * Makes sure that the positions in `db` are those of `warehouse`. When it is another one (its folder was removed, or one
 * of the two was restored), every topic is read again from the beginning. Answers whether that is so.
 */
export const adoptWarehouse = async (db: Database, warehouse: Warehouse, newId: () => string): Promise<boolean> => {
  const identity = await identityOf(warehouse, newId)
  return db.transaction(async (tx) => {
    const [known] = await tx.query<{ identity: string }>('SELECT identity FROM warehouse FOR UPDATE')
    if (known?.identity === identity) return false
    await rewind(tx)
    await tx.query(
      'INSERT INTO warehouse (identity) VALUES ($1) ON CONFLICT (singleton) DO UPDATE SET identity = EXCLUDED.identity',
      [identity],
    )
    return known !== undefined
  })
}

/** Written once; two processes that start on a new warehouse together agree on the lesser of their two. */
const identityOf = async (warehouse: Warehouse, newId: () => string): Promise<string> => {
  const known = await readIdentity(warehouse)
  if (known !== undefined) return known
  const identity = newId()
  await warehouse.insert('warehouse_identity', [{ identity }])
  return (await readIdentity(warehouse)) ?? identity
}

const readIdentity = async (warehouse: Warehouse): Promise<string | undefined> => {
  const [row] = await warehouse.query<{ identity: string }>(
    'SELECT toString(identity) AS identity FROM warehouse_identity ORDER BY identity LIMIT 1',
  )
  return row?.identity
}
