import { textTypeOf } from '@knowton/domain/work'
import { fileTypeFromBuffer } from 'file-type'

/** How much of a file its type is told from: headers with embedded pictures are long. */
export const START_BYTES = 64 * 1024

/** What is known of a file once all of it was read. */
export type FileTraits = {
  /** The first `START_BYTES` bytes, or all of them. */
  readonly start: Uint8Array
  readonly isWhole: boolean
  /** All of it is text in UTF-8. */
  readonly isText: boolean
}

/** The media type of a file, from its bytes alone: names and headers say what their sender likes. */
export const mediaTypeOf = async ({ start, isWhole, isText }: FileTraits): Promise<string> => {
  if (isText) return textTypeOf(new TextDecoder().decode(start), isWhole)
  const found = await detect(start)
  // A signature that only text can have, at the head of bytes that are no text: it says nothing.
  return found === undefined || found.startsWith('text/') || found === 'application/xml' ? OCTETS : found
}

const OCTETS = 'application/octet-stream'

/** The library follows the structure of a file, which may lead beyond what it was given or into nonsense. */
const detect = async (start: Uint8Array): Promise<string | undefined> => {
  try {
    return (await fileTypeFromBuffer(start))?.mime
  } catch {
    return undefined
  }
}
