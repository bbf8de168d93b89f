import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { pageCursor, pageOf, pageOfRows, rowsBefore } from './page-cursor.ts'

const place = pageCursor(z.tuple([z.int(), z.string()]))

test('a cursor gives back the place it was made from', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), (n, text) => {
      expect(place.decode(place.encode([n, text]))).toEqual([n, text])
    }),
  )
  expect(place.decode(undefined)).toBeUndefined()
})

test('text that no page gave out is a fault of the request', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        rowsBefore(text)
      } catch (error) {
        expect(error).toMatchObject({ code: 'request.invalid', faults: [{ path: 'query.cursor' }] })
      }
    }),
  )
  for (const text of [
    '',
    '0',
    'null',
    Buffer.from('["0"]').toString('base64url'),
    Buffer.from('[1]').toString('base64url'),
  ])
    expect(() => rowsBefore(text)).toThrow()
})

test('reading page after page gives every row once, in order, whatever the page size', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 10_000 })), fc.integer({ min: 1, max: 7 }), (ids, limit) => {
      const table = ids.toSorted((a, b) => b - a).map(BigInt)
      const read: string[] = []
      let cursor: string | undefined
      do {
        const before = rowsBefore(cursor)
        const found = table.filter((id) => id < before).slice(0, limit + 1)
        const page = pageOfRows(found, limit, (id) => id, String)
        read.push(...page.items)
        cursor = page.next ?? undefined
      } while (cursor !== undefined)
      expect(read).toEqual(table.map(String))
    }),
  )
})

test('the last page has no next one', () => {
  expect(pageOf([1, 2], 2, place, (n) => [n, 'x'])).toEqual({ items: [1, 2], next: null })
  expect(pageOf([1, 2, 3], 2, place, (n) => [n, 'x']).next).toBe(place.encode([2, 'x']))
})
