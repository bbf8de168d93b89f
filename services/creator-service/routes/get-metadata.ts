import { type Hex, ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'

/** Answers with the metadata of a work, byte for byte what its token is bound to. */
export const getMetadata: Handler<Declared, 'getMetadata', Ports> = async ({ params }, { ports }) => {
  const [row] = await ports.db.query<{ readonly metadata: Uint8Array; readonly uri_hash: Hex }>(
    'SELECT metadata, uri_hash FROM work WHERE id = $1',
    [params.workId],
  )
  if (row === undefined) return refuse({ kind: 'work.unknown' })
  return ok({
    stream: once(row.metadata),
    mediaType: 'application/json',
    lengthBytes: row.metadata.byteLength,
    etag: row.uri_hash,
  })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
