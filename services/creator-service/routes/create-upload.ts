import { type Hex, ok } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { insertUpload } from '../uploads/upload-store.ts'

/** Notes a file whose bytes are to follow. */
export const createUpload: Handler<Declared, 'createUpload', Ports> = async ({ body }, { tx, user, ports, now }) =>
  ok(
    await insertUpload(tx, user.account, {
      id: ports.newId(),
      fileName: body.fileName,
      sizeBytes: body.sizeBytes,
      announcedSha256: body.sha256?.toLowerCase() as Hex | undefined,
      createdAt: now,
    }),
  )
