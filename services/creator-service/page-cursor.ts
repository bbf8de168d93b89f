import { Fault } from '@knowton/core'

/** A place in a list that is read newest first: opaque to callers, stable when rows are added. */
export const toCursor = (sequence: bigint): string => Buffer.from(`${sequence}`).toString('base64url')

/** The sequence that a cursor stands for; above every sequence when there is none. Throws the fault `request.invalid`. */
export const parseCursor = (cursor: string | undefined): bigint => {
  if (cursor === undefined) return MAX_SEQUENCE
  const digits = Buffer.from(cursor, 'base64url').toString()
  const sequence = /^[1-9]\d{0,18}$/.test(digits) ? BigInt(digits) : MAX_SEQUENCE
  if (sequence >= MAX_SEQUENCE || toCursor(sequence) !== cursor) {
    throw new Fault('request.invalid', 'The cursor is not one that this list gave out.')
  }
  return sequence
}

/** One page out of rows that were asked for with one more than `limit`. */
export const toPage = <Row extends { readonly sequence: bigint }, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
) => {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(toItem), next: rows.length > limit && last !== undefined ? toCursor(last.sequence) : null }
}

/** The largest bigint of PostgreSQL. */
const MAX_SEQUENCE = 2n ** 63n - 1n
