import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addressesText,
  type Block,
  contains,
  covers,
  includes,
  mayHoldPods,
  overlaps,
  parseBlock,
} from './addresses.ts'

const block = (text: string): Block => {
  const parsed = parseBlock(text)
  if (parsed === undefined) throw new Error(`no block: ${text}`)
  return parsed
}

const octet = fc.nat(255)
const address4 = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'))
const block4 = fc.tuple(address4, fc.nat(32)).map(([address, prefix]) => `${address}/${prefix}`)

/** Few different addresses and wide blocks, so that they often lie in one another. */
const coarse = fc.tuple(...Array.from({ length: 4 }, () => fc.constantFrom(0, 128))).map((parts) => parts.join('.'))
const coarseBlock = fc.tuple(coarse, fc.nat(9)).map(([address, prefix]) => `${address}/${prefix}`)

/** The first and last address, worked out bit by bit from the text. */
const bounds = (text: string): readonly [number, number] => {
  const [address = '', prefix] = text.split('/')
  const bits = address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')
  const fixed = bits.slice(0, Number(prefix))
  return [Number.parseInt(fixed.padEnd(32, '0'), 2), Number.parseInt(fixed.padEnd(32, '1'), 2)]
}

test('a block contains another exactly when its range does', () => {
  fc.assert(
    fc.property(block4, block4, (outer, inner) => {
      const [low, high] = bounds(outer)
      const [first, last] = bounds(inner)
      expect(contains(block(outer), block(inner))).toBe(low <= first && last <= high)
      expect(overlaps(block(outer), block(inner))).toBe(low <= last && first <= high)
    }),
  )
})

test('when addresses cover others, each single one of those is among them', () => {
  const some = fc.record({ block: coarseBlock, except: fc.array(coarseBlock, { maxLength: 2 }) })
  fc.assert(
    fc.property(some, some, coarse, (outer, inner, address) => {
      const wide = { block: block(outer.block), except: outer.except.map(block) }
      const narrow = { block: block(inner.block), except: inner.except.map(block) }
      fc.pre(covers(wide, narrow) && includes(narrow, block(address)))
      expect(includes(wide, block(address))).toBe(true)
    }),
  )
})

test('addresses without the private ranges hold no pods, and the whole internet may', () => {
  const privateRanges = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'].map(block)
  expect(mayHoldPods({ block: block('0.0.0.0/0'), except: privateRanges })).toBe(false)
  expect(mayHoldPods({ block: block('0.0.0.0/0'), except: [] })).toBe(true)
  expect(mayHoldPods({ block: block('10.1.2.0/24'), except: [] })).toBe(true)
  expect(mayHoldPods({ block: block('8.8.8.8'), except: [] })).toBe(false)
})

test.each(['10.0.0.0/33', '10.0.0/8', '300.0.0.0/8', 'fd00:::/8', 'example.com', ''])('%s is no block', (text) => {
  expect(parseBlock(text)).toBeUndefined()
})

test.each([
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['::/0', '::/0'],
  ['fd00::1', 'fd00::1/128'],
])('%s is written %s', (text, written) => {
  expect(addressesText({ block: block(text), except: [] })).toBe(written)
})
