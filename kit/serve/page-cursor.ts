import * as z from 'zod'
import { RequestFault } from './request-fault.ts'

/** Turns the sorting values of a page's last row into an opaque cursor and back. */
export type PageCursor<Position> = {
  readonly encode: (position: Readonly<Position>) => string
  /** Undefined for the first page; text that no page gave out is answered with `request.invalid`. */
  readonly decode: (cursor: string | undefined) => Position | undefined
}

/** Makes the cursor of a list whose order is given by the values of `shape`, JSON types only. */
export const pageCursor = <Shape extends z.ZodType>(shape: Shape): PageCursor<z.output<Shape>> => ({
  encode: (position) => Buffer.from(JSON.stringify(position)).toString('base64url'),
  decode: (cursor) => {
    if (cursor === undefined) return undefined
    const parsed = shape.safeParse(readJson(cursor))
    if (parsed.success) return parsed.data
    const faults = [{ path: 'query.cursor', message: 'is not one that a page of this list gave out' }]
    throw new RequestFault('request.invalid', { faults })
  },
})

const readJson = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** One page out of `limit + 1` rows: the row too many tells that there is a next page. */
export const pageOf = <Row, Position>(
  rows: readonly Row[],
  limit: number,
  cursor: PageCursor<Position>,
  positionOf: (row: Row) => Readonly<Position>,
): { readonly items: Row[]; readonly next: string | null } => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursor.encode(positionOf(last)) : null }
}

const rows = pageCursor(z.tuple([z.string().regex(/^[1-9]\d{0,17}$/)]))

/** The id below which the page goes on of a list that is read newest first by a growing row id; above every id at the start. */
export const rowsBefore = (cursor: string | undefined): bigint => {
  const [id] = rows.decode(cursor) ?? []
  return id === undefined ? MAX_BIGINT : BigInt(id)
}

/** The largest bigint of PostgreSQL. */
const MAX_BIGINT = 2n ** 63n - 1n

/** One page out of `limit + 1` rows that are read newest first by `idOf`. */
export const pageOfRows = <Row, Item>(
  found: readonly Row[],
  limit: number,
  idOf: (row: Row) => bigint,
  toItem: (row: Row) => Item,
): { readonly items: Item[]; readonly next: string | null } => {
  const { items, next } = pageOf(found, limit, rows, (row) => [idOf(row).toString()] as [string])
  return { items: items.map(toItem), next }
}
