import * as z from 'zod'

export type Hex = `0x${string}`

/** The form in which addresses, hashes and bytes are compared and kept off chain. */
export const lowerCase = (hex: Hex): Hex => hex.toLowerCase() as Hex

const hexOf = (bytes: number, what: string) =>
  z.codec(
    z
      .string()
      .regex(new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`), `must be ${what}: 0x and ${bytes * 2} hex digits`)
      .meta({ description: `${what}, hex` }),
    z.custom<Hex>((value) => typeof value === 'string'),
    { decode: (text) => text.toLowerCase() as Hex, encode: (value) => value },
  )

/** An EVM address. Canonical form everywhere off chain: lower case. */
export const address = hexOf(20, 'an address')

/** 32 bytes: a hash, a digest, an order hash. Canonical form: lower case. */
export const bytes32 = hexOf(32, '32 bytes')

/** Bytes of any length as hex, up to 8 KiB (a smart account's signature can be long). */
export const hexBytes = z.codec(
  z
    .string()
    .regex(/^0x([0-9a-fA-F]{2}){0,8192}$/, 'must be 0x and pairs of hex digits')
    .meta({ description: 'bytes, hex' }),
  z.custom<Hex>((value) => typeof value === 'string'),
  { decode: (text) => text.toLowerCase() as Hex, encode: (value) => value },
)

/** An account by CAIP-10, `eip155:<chain id>:<address in lower case>`: smart accounts differ by chain, so a bare address is no key. */
export const accountId = z.codec(
  z
    .string()
    .regex(/^eip155:[1-9]\d{0,17}:0x[0-9a-fA-F]{40}$/, 'must be a CAIP-10 account: eip155:<chain id>:<address>')
    .meta({ description: 'CAIP-10 account', examples: ['eip155:31337:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266'] }),
  z.custom<AccountId>((value) => typeof value === 'string'),
  { decode: (text) => text.toLowerCase() as AccountId, encode: (value) => value },
)
export type AccountId = `eip155:${number}:${Hex}`

/** The account of `address` on chain `chainId`. */
export const accountIdOf = (chainId: number, address: Hex): AccountId =>
  `eip155:${chainId}:${address.toLowerCase()}` as AccountId

/** The address part of a CAIP-10 account. */
export const addressOf = (account: AccountId): Hex => account.slice(account.lastIndexOf(':') + 1) as Hex

/** The chain id of a CAIP-10 account. */
export const chainIdOf = (account: AccountId): number => Number(account.split(':')[1])

/** A random id of a record (UUID). */
export const recordId = z.uuid()

/** ERC-721 token id of a work: `uint160(creator) << 96 | low 96 bits of the content hash`. */
export const tokenIdOf = (creator: Hex, contentHash: Hex): bigint =>
  (BigInt(creator) << 96n) | (BigInt(contentHash) & (2n ** 96n - 1n))
