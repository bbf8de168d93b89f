import { expect, test } from 'vitest'
import { carryOut, differencesOf, entry, type Ledger } from './ledger.ts'

const books = (owner: string): Ledger => new Map([['token 1', entry({ owner, epoch: 2n })]])

test('equal accounts have no difference', () => {
  expect(differencesOf(books('alice'), books('alice'))).toEqual([])
})

test('a field that differs is named with both values', () => {
  expect(differencesOf(books('alice'), books('bob'))).toEqual([
    { subject: 'token 1', field: 'owner', expected: 'alice', found: 'bob' },
  ])
})

test('an entry that one side lacks is a difference, whichever side it is', () => {
  expect(differencesOf(books('alice'), new Map())).toEqual([
    { subject: 'token 1', field: 'entry', expected: 'there', found: 'missing' },
  ])
  expect(differencesOf(new Map(), books('alice'))).toEqual([
    { subject: 'token 1', field: 'entry', expected: 'missing', found: 'there' },
  ])
})

test('amounts of 256 bits are compared to the last unit', () => {
  const [most, less] = [2n ** 256n - 1n, 2n ** 256n - 2n].map((amount) => new Map([['a', entry({ amount })]]))
  expect(differencesOf(most ?? new Map(), less ?? new Map())).toHaveLength(1)
})

test('a field that only one side has is a difference, and null is said as none', () => {
  const left = new Map([['a', entry({ owner: null, extra: 1 })]])
  expect(differencesOf(left, new Map([['a', entry({ owner: undefined })]]))).toEqual([
    { subject: 'a', field: 'extra', expected: '1', found: 'none' },
  ])
})

test('an outcome counts the subjects of both sides', () => {
  const check = { name: 'tokens', says: 'Tokens', expected: books('alice'), found: new Map([['token 2', entry({})]]) }
  expect(carryOut(check)).toMatchObject({ name: 'tokens', compared: 2, differences: { length: 2 } })
})
