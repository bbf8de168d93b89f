import { Fault } from '@knowton/core'
import type * as z from 'zod'

/** Turns the sorting values of a page's last row into an opaque cursor and back. */
export type PageCursor<Position> = {
  readonly encode: (position: Position) => string
  /** Undefined for the first page; a fault `request.invalid` for text that no page gave out. */
  readonly decode: (cursor: string | undefined) => Position | undefined
}

/** Makes the cursor of a list whose order is given by the values of `shape`, JSON types only. */
export const pageCursor = <Shape extends z.ZodType>(shape: Shape): PageCursor<z.output<Shape>> => ({
  encode: (position) => Buffer.from(JSON.stringify(position)).toString('base64url'),
  decode: (cursor) => {
    if (cursor === undefined) return undefined
    const parsed = shape.safeParse(readJson(cursor))
    if (parsed.success) return parsed.data
    throw new Fault('request.invalid', 'The cursor is not one that a page of this list gave out.')
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
export const pageOf = <Item, Position extends readonly unknown[]>(
  rows: readonly Item[],
  limit: number,
  cursor: PageCursor<Position>,
  positionOf: (item: Item) => Readonly<Position>,
): { readonly items: Item[]; readonly next: string | null } => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursor.encode(positionOf(last)) : null }
}
