import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTextScan } from './text-scan.ts'

const isText = (pieces: readonly Uint8Array[]) => {
  const scan = createTextScan()
  for (const piece of pieces) scan.add(piece)
  return scan.isText()
}

const cut = (bytes: Uint8Array, at: readonly number[]) => {
  const places = [0, ...at.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place))
}

/** The answer of a decoder that sees all bytes at once. */
const isTextAtOnce = (bytes: Uint8Array): boolean => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return ![...text].some(
      (character) => /\p{Cc}/u.test(character) && character < '\u0080' && !'\t\n\f\r\u001b'.includes(character),
    )
  } catch {
    return false
  }
}

test('text is text wherever it is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat()), (text, at) => {
      const bytes = Buffer.from(text.toWellFormed())
      expect(isText(cut(bytes, at))).toBe(isTextAtOnce(bytes))
    }),
  )
})

test('any bytes are judged as a decoder judges them at once, wherever they are cut', () => {
  const lead = fc.constantFrom(0x41, 0x0a, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xff, 0x00, 0xed, 0xa0)
  fc.assert(
    fc.property(fc.array(lead, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 4 }), (values, at) => {
      const bytes = Uint8Array.from(values)
      expect(isText(cut(bytes, at))).toBe(isTextAtOnce(bytes))
    }),
    { numRuns: 2_000 },
  )
})

test('a file that turns binary late is no text', () => {
  expect(isText([Buffer.alloc(100_000, 'a'), Buffer.of(0)])).toBe(false)
  expect(isText([Buffer.alloc(100_000, 'a'), Buffer.of(0xe2, 0x82)])).toBe(false)
})
