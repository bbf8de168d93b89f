import { type Upload as Body, Fault, type Hex } from '@knowton/core'
import type { Log } from '@knowton/kit'
import type { Ports } from '../ports.ts'
import { createByteCount } from './byte-count.ts'
import { type Inspected, inspectFile } from './inspect-file.ts'
import { type Attempt, noteProgress, type Upload } from './upload-store.ts'

/** Why the bytes of an upload are not taken. */
export type NotReceived = {
  readonly kind: 'upload.size' | 'upload.empty' | 'upload.digest' | 'storage.full'
  readonly says: string
}

/** How often progress is noted. */
const NOTE_MS = 1_000

/**
 * Writes what arrives to the store while hashing it, then reads it back and hashes it again: what is told of the file is
 * told of what is stored. Throws a NotReceivedError for bytes that are not as announced, and faults.
 */
export const receiveFile = async (
  upload: Upload,
  attempt: Attempt,
  body: Body,
  context: { readonly ports: Ports; readonly log: Log; readonly signal: AbortSignal },
): Promise<Inspected> => {
  const { ports, log, signal } = context
  const note = createProgress(attempt, ports)
  const arriving = createByteCount(async (sizeBytes) => {
    if (sizeBytes > upload.sizeBytes) throw sizeError(upload, `more than ${upload.sizeBytes}`)
    await note(sizeBytes)
  })
  await ports.files.put(attempt.fileKey, arriving.pass(body.stream), signal)
  const sizeBytes = arriving.sizeBytes()
  if (sizeBytes === 0) throw new NotReceivedError({ kind: 'upload.empty', says: 'No bytes arrived.' })
  if (sizeBytes !== upload.sizeBytes) throw sizeError(upload, String(sizeBytes))
  const stored = await readBack(attempt, sizeBytes, note, ports, signal)
  checkDigests(upload, stored, arriving.sha256(), log)
  return stored
}

/** Carries the reason out of the stream that it ends. */
export class NotReceivedError extends Error {
  readonly reason: NotReceived

  constructor(reason: NotReceived) {
    super(reason.says)
    this.reason = reason
  }
}

const sizeError = (upload: Upload, arrived: string) =>
  new NotReceivedError({
    kind: 'upload.size',
    says: `${arrived} bytes arrived, ${upload.sizeBytes} were announced.`,
  })

/** Notes progress from time to time. Throws the fault `request.timeout` when the attempt was given up. */
const createProgress = (attempt: Attempt, { db, clock }: Ports) => {
  let notedAt = clock().getTime()
  return async (receivedBytes: number): Promise<void> => {
    const now = clock()
    if (now.getTime() - notedAt < NOTE_MS) return
    notedAt = now.getTime()
    if (await noteProgress(db, attempt, receivedBytes, now)) return
    throw new Fault('request.timeout', 'The bytes stood still for too long; the attempt was given up.')
  }
}

const readBack = async (
  { fileKey }: Attempt,
  sizeBytes: number,
  note: (receivedBytes: number) => Promise<void>,
  { files }: Ports,
  signal: AbortSignal,
): Promise<Inspected> => {
  const file = await files.get(fileKey, signal)
  if (file === undefined) throw lostFault(fileKey)
  return inspectFile(file.stream, () => note(sizeBytes))
}

const checkDigests = (upload: Upload, stored: Inspected, arrivedSha256: Hex, log: Log): void => {
  if (stored.sha256 !== arrivedSha256) {
    log.error('the store gave back other bytes than it was given', { uploadId: upload.id, arrivedSha256, stored })
    throw lostFault(upload.id)
  }
  if (upload.announcedSha256 === undefined || upload.announcedSha256 === stored.sha256) return
  throw new NotReceivedError({
    kind: 'upload.digest',
    says: `The bytes that arrived have the SHA-256 ${stored.sha256}, ${upload.announcedSha256} was announced.`,
  })
}

const lostFault = (what: string) =>
  new Fault('storage.lost', `The store did not keep what it was given (${what}).`, { retry: 'later' })
