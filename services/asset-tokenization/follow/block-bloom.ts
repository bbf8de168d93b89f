import type { BlockLog } from '@knowton/adapters/chain'
import type { Hex } from '@knowton/core'
import { keccak256 } from 'viem'

/** Bits of a block's bloom filter (Yellow Paper, 4.3.1). */
const BLOOM_BITS = 2048

/** The three bits that `value`, an address or a topic, sets: eleven low bits of the first three 16-bit words of its hash. */
const bitsOf = (value: Hex): bigint => {
  const hash = keccak256(value)
  return [2, 6, 10].reduce((bits, at) => {
    const word = Number.parseInt(hash.slice(at, at + 4), 16)
    return bits | (1n << BigInt(word % BLOOM_BITS))
  }, 0n)
}

/** The bloom filter of a block that has exactly these logs; equal to the header's unless logs are missing or made up. */
export const bloomOf = (logs: readonly Pick<BlockLog, 'address' | 'topics'>[]): Hex => {
  const bits = logs.flatMap((log) => [log.address, ...log.topics]).reduce((all, value) => all | bitsOf(value), 0n)
  return `0x${bits.toString(16).padStart(BLOOM_BITS / 4, '0')}`
}

/** Makes the test whether a block with this bloom filter may hold one of `values`; a no is certain. */
export const mayHold = (values: readonly Hex[]): ((bloom: Hex) => boolean) => {
  const wanted = values.map(bitsOf)
  return (bloom) => {
    const bits = BigInt(bloom)
    return wanted.some((each) => (bits & each) === each)
  }
}
