import type { Scene } from './order-changes.ts'
import type { BookKey } from './order-store.ts'

/** Gives a command the next number of its open book and keeps it. */
export const logCommand = async (scene: Scene, key: BookKey, command: object): Promise<bigint> => {
  const [row] = await scene.tx.query<{ readonly sequence: bigint }>(
    `WITH numbered AS (
       UPDATE book SET sequence = sequence + 1 WHERE collection = $1 AND currency = $2 RETURNING sequence
     ) INSERT INTO command (collection, currency, sequence, command, carried_out_at)
       SELECT $1, $2, sequence, $3, $4 FROM numbered RETURNING sequence`,
    [key.collection, key.currency, JSON.stringify(command, bigintAsText), scene.now],
  )
  if (row === undefined) throw new RangeError('the book is not open')
  return row.sequence
}

const bigintAsText = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
