import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountId, accountIdOf, address, addressOf, bytes32, chainIdOf, type Hex, hexBytes, tokenIdOf } from './ids.ts'

const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value): Hex => `0x${Buffer.from(value).toString('hex')}`)

test('an account names its chain and its address', () => {
  fc.assert(
    fc.property(hex(20), fc.integer({ min: 1, max: 2 ** 31 }), (someAddress, chainId) => {
      const account = accountIdOf(chainId, someAddress)
      return addressOf(account) === someAddress && chainIdOf(account) === chainId
    }),
  )
})

test('two spellings of one address are one address', () => {
  const mixed = '0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
  expect(address.decode(mixed)).toBe(mixed.toLowerCase())
  expect(accountId.decode(`eip155:1:${mixed}`)).toBe(`eip155:1:${mixed.toLowerCase()}`)
})

test('a token id carries its creator above and the low 96 bits of the content hash below', () => {
  fc.assert(
    fc.property(hex(20), hex(32), (creator, contentHash) => {
      const id = tokenIdOf(creator, contentHash)
      return id >> 96n === BigInt(creator) && id % 2n ** 96n === BigInt(contentHash) % 2n ** 96n && id < 2n ** 256n
    }),
  )
})

test.each(['0x', '0x12', 'f'.repeat(40), `0x${'g'.repeat(40)}`, `0x${'a'.repeat(41)}`])(
  'refuses %j as an address',
  (text) => {
    expect(address.safeDecode(text).success).toBe(false)
  },
)

test('refuses odd hex, too long hex, and accounts without a chain', () => {
  expect(hexBytes.safeDecode('0xabc').success).toBe(false)
  expect(hexBytes.safeDecode(`0x${'ab'.repeat(8193)}`).success).toBe(false)
  expect(hexBytes.decode('0x')).toBe('0x')
  expect(bytes32.safeDecode(`0x${'ab'.repeat(31)}`).success).toBe(false)
  expect(accountId.safeDecode(`eip155:0x${'a'.repeat(40)}`).success).toBe(false)
  expect(accountId.safeDecode(`eip155:0:0x${'a'.repeat(40)}`).success).toBe(false)
})
