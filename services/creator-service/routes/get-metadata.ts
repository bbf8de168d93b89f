import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { findMetadata } from '../works/work-store.ts'

/** Answers with the metadata of a work, byte for byte what its token is bound to. */
export const getMetadata: Handler<Declared, 'getMetadata', Ports> = async ({ params }, { ports }) => {
  const found = await findMetadata(ports.db, params.workId)
  if (found === undefined) return refuse({ kind: 'work.unknown' })
  const { metadata, uriHash } = found
  return ok({
    stream: once(metadata),
    mediaType: 'application/json',
    lengthBytes: metadata.byteLength,
    etag: uriHash,
  })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
