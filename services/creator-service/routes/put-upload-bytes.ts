import { Fault, ok, type RefusalOf, refuse } from '@knowton/core'
import type { Context, Handler } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { discardFile } from '../uploads/leftover-store.ts'
import { NotReceivedError, receiveFile } from '../uploads/receive-file.ts'
import { type Attempt, beginAttempt, completeAttempt, failAttempt, findUpload } from '../uploads/upload-store.ts'

type PutContext = Context<Declared, Ports, 'putUploadBytes'>
type Refusal = RefusalOf<Declared['routes']['putUploadBytes']>

/** Takes the bytes of an announced file. A failed attempt is kept with its reason, and another one may follow. */
export const putUploadBytes: Handler<Declared, 'putUploadBytes', Ports> = async ({ params, body }, context) => {
  const { ports, user } = context
  const known = await findUpload(ports.db, params.uploadId, user.account)
  if (known === undefined) return refuse({ kind: 'upload.unknown' })
  if (body.lengthBytes !== undefined && body.lengthBytes !== known.sizeBytes && isOpen(known.state)) {
    const kind = body.lengthBytes === 0 ? 'upload.empty' : 'upload.size'
    return refuse({ kind, detail: `${body.lengthBytes} bytes are coming, ${known.sizeBytes} were announced.` })
  }
  const attempt = { uploadId: known.id, fileKey: `${known.id}-${ports.newId()}` }
  const upload = await beginAttempt(ports.db, attempt, user.account, ports.clock())
  if (upload === undefined) return refuse(await whyNot(params.uploadId, context))
  try {
    const file = await receiveFile(upload, attempt, body, context)
    const stored = await completeAttempt(ports.db, attempt, file)
    if (stored !== undefined) return ok(stored)
    throw new Fault('request.timeout', 'The bytes took too long to be looked at; the attempt was given up.')
  } catch (error) {
    await giveUp(attempt, error, context)
    const refusal = toRefusal(error)
    if (refusal !== undefined) return refuse(refusal)
    throw error
  }
}

const isOpen = (state: string): boolean => state === 'waiting' || state === 'failed'

/** Why no attempt could begin: another one is under way or done. */
const whyNot = async (uploadId: string, { ports, user }: PutContext): Promise<Refusal> => {
  const upload = await findUpload(ports.db, uploadId, user.account)
  if (upload === undefined) return { kind: 'upload.unknown' }
  return { kind: upload.state === 'stored' ? 'upload.stored' : 'upload.running' }
}

const giveUp = async (attempt: Attempt, error: unknown, { ports, signal }: PutContext): Promise<void> => {
  await ports.db.transaction(async (tx) => {
    await failAttempt(tx, attempt, sentenceOf(error, signal))
    await discardFile(tx, attempt.fileKey, ports.clock())
  })
}

const toRefusal = (error: unknown): Refusal | undefined => {
  if (error instanceof NotReceivedError) return { kind: error.reason.kind, detail: error.reason.says }
  return error instanceof Fault && error.code === 'storage.full' ? { kind: 'storage.full' } : undefined
}

const sentenceOf = (error: unknown, signal: AbortSignal): string => {
  if (error instanceof NotReceivedError || error instanceof Fault) return error.message
  return signal.aborted ? 'The connection ended before all bytes had arrived.' : 'Something failed on our side.'
}
