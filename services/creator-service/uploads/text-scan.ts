import { isUtf8 } from 'node:buffer'

/** Tells whether all bytes that went through it are text in UTF-8. */
export type TextScan = {
  readonly add: (piece: Uint8Array) => void
  readonly isText: () => boolean
}

/** Tab, line feed, form feed, carriage return and escape (terminal colours): no other control character is in a text. */
const TEXT_CONTROLS: readonly number[] = [0x09, 0x0a, 0x0c, 0x0d, 0x1b]

/** Prepares to look at a file from its first byte to its last. */
export const createTextScan = (): TextScan => {
  let isSoFar = true
  /** The bytes of a character whose end has not come yet: at most three. */
  let unfinished: Uint8Array = new Uint8Array(0)
  return {
    add: (piece) => {
      if (!isSoFar) return
      const bytes = unfinished.length === 0 ? piece : Buffer.concat([unfinished, piece])
      const end = bytes.length - unfinishedLength(bytes)
      const complete = bytes.subarray(0, end)
      isSoFar = isUtf8(complete) && !hasControls(complete)
      unfinished = Uint8Array.from(bytes.subarray(end))
    },
    isText: () => isSoFar && unfinished.length === 0,
  }
}

const hasControls = (bytes: Uint8Array): boolean => {
  for (const byte of bytes) {
    if ((byte < 0x20 && !TEXT_CONTROLS.includes(byte)) || byte === 0x7f) return true
  }
  return false
}

/** How many bytes at the end begin a character that is longer than what is there. */
const unfinishedLength = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return back < lengthOf(byte) ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

const lengthOf = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2)
