import { ok, refuse } from '@knowton/core'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { findUpload } from '../uploads/upload-store.ts'

/** Answers with how far an upload of the caller is. */
export const getUpload: Handler<Declared, 'getUpload', Ports> = async ({ params }, { ports, user }) => {
  const upload = await findUpload(ports.db, params.uploadId, user.account)
  return upload === undefined ? refuse({ kind: 'upload.unknown' }) : ok(upload)
}
