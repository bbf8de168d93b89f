import type { Sql } from '@knowton/kit'
import type { Market } from './ports.ts'

/** Makes sure that there is a book for each currency of the market. */
export const createBooks = async (sql: Sql, market: Pick<Market, 'collection' | 'currencies'>): Promise<void> => {
  await sql.query('INSERT INTO book (collection, currency) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING', [
    market.collection,
    market.currencies.map(({ address }) => address),
  ])
}

/** Waits until nobody else writes to any book of the collection: events of the chain may concern several. */
export const lockBooks = async (tx: Sql, { collection }: Pick<Market, 'collection'>): Promise<void> => {
  await tx.query('SELECT currency FROM book WHERE collection = $1 ORDER BY currency FOR UPDATE', [collection])
}
