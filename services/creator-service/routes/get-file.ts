import { Fault, ok, refuse } from '@knowton/core'
import { isPassive } from '@knowton/domain/work'
import type { Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { findWork, getFileKey } from '../works/work-store.ts'

/** Hands out the file of a work to its creator and to whoever owns its token now, by what the chain has told. */
export const getFile: Handler<Declared, 'getFile', Ports> = async ({ params }, { ports, user, signal }) => {
  const work = await findWork(ports.db, params.workId)
  if (work === undefined) return refuse({ kind: 'work.unknown' })
  if (work.creator !== user.account && work.owner !== user.address) return refuse({ kind: 'work.no-access' })
  const file = await ports.files.get(await getFileKey(ports.db, work.id), signal)
  if (file === undefined) {
    throw new Fault('storage.lost', `The file of work ${work.id} is not in the store.`, { retry: 'later' })
  }
  return ok({
    stream: file.stream,
    mediaType: work.mediaType.startsWith('text/') ? `${work.mediaType}; charset=utf-8` : work.mediaType,
    lengthBytes: file.sizeBytes,
    etag: work.contentHash,
    // A name makes the browser save the file instead of showing it.
    ...(!isPassive(work.mediaType) && { fileName: work.fileName }),
  })
}
