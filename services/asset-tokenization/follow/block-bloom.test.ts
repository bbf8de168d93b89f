import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bloomOf, mayHold } from './block-bloom.ts'

const hexOf = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((value) => `0x${Buffer.from(value).toString('hex')}` as const)
const log = fc.record({ address: hexOf(20), topics: fc.array(hexOf(32), { maxLength: 4 }) })

test('says yes for every address and topic of every log in it', () => {
  fc.assert(
    fc.property(fc.array(log, { minLength: 1 }), (logs) => {
      const bloom = bloomOf(logs)
      for (const value of logs.flatMap(({ address, topics }) => [address, ...topics])) {
        expect(mayHold([value])(bloom)).toBe(true)
      }
    }),
  )
})

test('is that of its parts joined, so leaving out a log with anything of its own changes it', () => {
  fc.assert(
    fc.property(fc.array(log), log, (logs, one) => {
      const without = bloomOf(logs)
      const all = BigInt(bloomOf([...logs, one]))
      expect(all).toBe(BigInt(without) | BigInt(bloomOf([one])))
    }),
  )
})

test('an empty block holds nothing', () => {
  expect(bloomOf([])).toBe(`0x${'0'.repeat(512)}`)
  fc.assert(
    fc.property(hexOf(20), (address) => {
      expect(mayHold([address])(bloomOf([]))).toBe(false)
    }),
  )
})
