import type { BookOrder, Command } from '@knowton/domain/market'
import type { Sql } from '@knowton/kit'
import type { BookKey } from '../orders/order-store.ts'
import type { Contracts } from '../ports.ts'

/** Makes sure that there is a book for each currency that is traded. */
export const createBooks = async (sql: Sql, contracts: Pick<Contracts, 'workToken' | 'currencies'>): Promise<void> => {
  await sql.query('INSERT INTO book (collection, currency) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING', [
    contracts.workToken,
    contracts.currencies.map(({ address }) => address),
  ])
}

/** Waits until nobody else writes to the book. Throws RangeError when there is no such book. */
export const lockBook = async (tx: Sql, { collection, currency }: BookKey): Promise<void> => {
  const rows = await tx.query('SELECT sequence FROM book WHERE collection = $1 AND currency = $2 FOR UPDATE', [
    collection,
    currency,
  ])
  if (rows.length === 0) throw new RangeError(`there is no book in currency ${currency}`)
}

/** Waits until nobody else writes to any book of the collection: events of the chain may concern several. */
export const lockBooks = async (tx: Sql, { workToken }: Pick<Contracts, 'workToken'>): Promise<void> => {
  await tx.query('SELECT currency FROM book WHERE collection = $1 ORDER BY currency FOR UPDATE', [workToken])
}

type Placing = Extract<Command, { readonly kind: 'place' }>

/** A command before it has its number, which is also the sequence of the order that it places. */
export type NewCommand =
  | Exclude<Command, Placing>
  | (Omit<Placing, 'order'> & { readonly order: Omit<BookOrder, 'sequence'> })

/** Gives a command the next number of its locked book and keeps it. Throws RangeError when there is no such book. */
export const logCommand = async (
  tx: Sql,
  { collection, currency }: BookKey,
  command: NewCommand,
  now: Date,
): Promise<bigint> => {
  const [row] = await tx.query<{ readonly sequence: bigint }>(
    `WITH numbered AS (
       UPDATE book SET sequence = sequence + 1 WHERE collection = $1 AND currency = $2 RETURNING sequence
     ) INSERT INTO command (collection, currency, sequence, command, carried_out_at)
       SELECT $1, $2, sequence, $3, $4 FROM numbered RETURNING sequence`,
    [collection, currency, JSON.stringify(command, bigintAsText), now],
  )
  if (row === undefined) throw new RangeError(`there is no book in currency ${currency}`)
  return row.sequence
}

const bigintAsText = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
