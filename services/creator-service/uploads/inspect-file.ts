import { cidOf } from '@knowton/adapters/ipfs'
import type { Hex } from '@knowton/core'
import { kindOf, type WorkKind } from '@knowton/domain/work'
import { createByteCount } from './byte-count.ts'
import { mediaTypeOf, START_BYTES } from './media-type.ts'
import { createTextScan, type TextScan } from './text-scan.ts'

/** What a file turned out to be. */
export type Inspected = {
  readonly sizeBytes: number
  readonly sha256: Hex
  readonly cid: string
  readonly mediaType: string
  readonly kind: WorkKind
}

/** Reads a file once, in pieces: its hash, its IPFS address, what it is. `onBytes` is called as in `createByteCount`. */
export const inspectFile = async (
  source: AsyncIterable<Uint8Array>,
  onBytes: (sizeBytes: number) => Promise<void>,
): Promise<Inspected> => {
  const count = createByteCount(onBytes)
  const text = createTextScan()
  const start = createStart()
  const cid = await cidOf(watch(count.pass(source), text, start))
  const sizeBytes = count.sizeBytes()
  const traits = { start: start.bytes(), isWhole: sizeBytes <= START_BYTES, isText: text.isText() }
  const mediaType = await mediaTypeOf(traits)
  return { sizeBytes, sha256: count.sha256(), cid, mediaType, kind: kindOf(mediaType) }
}

async function* watch(source: AsyncIterable<Uint8Array>, text: TextScan, start: Start): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    text.add(piece)
    start.add(piece)
    yield piece
  }
}

/** Keeps the first bytes that go through it. */
type Start = { readonly add: (piece: Uint8Array) => void; readonly bytes: () => Uint8Array }

const createStart = (): Start => {
  const pieces: Uint8Array[] = []
  let missing = START_BYTES
  return {
    add: (piece) => {
      if (missing === 0) return
      const part = Uint8Array.from(piece.subarray(0, missing))
      pieces.push(part)
      missing -= part.length
    },
    bytes: () => Buffer.concat(pieces),
  }
}
