import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import { findUpload } from '../content/upload-store.ts'
import type { Declared, Ports } from '../ports.ts'

/** Answers with how far an upload of the caller is. */
export const getUpload: Handler<Declared, 'getUpload', Ports> = async ({ params }, { ports, user }) => {
  const upload = await findUpload(ports.db, params.uploadId, user.account)
  return upload === undefined ? refuse({ kind: 'upload.unknown' }) : ok(upload)
}
