import { createHash } from 'node:crypto'
import type { Hex } from '@knowton/core'

/** Counts and hashes bytes on their way through. */
export type ByteCount = {
  readonly pass: (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>
  readonly sizeBytes: () => number
  /** SHA-256 of all that passed; to be asked once, at the end. */
  readonly sha256: () => Hex
}

/** Prepares to count; `onBytes` is awaited with the sum after each piece, and what it throws ends the stream. */
export const createByteCount = (onBytes: (sizeBytes: number) => Promise<void>): ByteCount => {
  const hash = createHash('sha256')
  let sizeBytes = 0
  return {
    pass: async function* (source) {
      for await (const piece of source) {
        hash.update(piece)
        sizeBytes += piece.byteLength
        await onBytes(sizeBytes)
        yield piece
      }
    },
    sizeBytes: () => sizeBytes,
    sha256: () => `0x${hash.digest('hex')}`,
  }
}
