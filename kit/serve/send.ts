import { Readable } from 'node:stream'
import type { Download } from '@knowton/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { StoredAnswer } from './idempotency.ts'
import type { Problem } from './problem.ts'

/** Sends JSON text. */
export const sendJson = (reply: FastifyReply, answer: StoredAnswer): void => {
  reply.code(answer.status)
  if (answer.status === 204) void reply.send()
  else void reply.header('content-type', 'application/json; charset=utf-8').send(answer.body)
}

/** A body up to this size is read to its end rather than the connection given up. */
const READ_ANYWAY_BYTES = 64 * 1024

/** Sends a problem document; a long body that was not read is not waited for, the connection closes instead. */
export const sendProblem = (request: FastifyRequest, reply: FastifyReply, problem: Problem): void => {
  if (reply.sent) return
  if (isLongUnread(request)) reply.header('connection', 'close')
  // As bytes: to text the framework would add a charset, which this media type does not have.
  void reply.code(problem.status).headers(problem.headers).send(Buffer.from(problem.body))
}

const isLongUnread = ({ raw }: FastifyRequest): boolean =>
  !raw.complete &&
  (raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length'] ?? 0) > READ_ANYWAY_BYTES)

/** Sends a file as it is read; 304 when the caller has it. */
export const sendDownload = async (request: FastifyRequest, reply: FastifyReply, file: Download): Promise<void> => {
  const quoted = file.etag === undefined ? undefined : `"${file.etag.replace(/[^\x21\x23-\x7e]/g, '')}"`
  if (quoted !== undefined) reply.header('etag', quoted)
  if (quoted !== undefined && isKnown(request.headers['if-none-match'], quoted)) {
    await file.stream[Symbol.asyncIterator]().return?.()
    void reply.code(304).send()
    return
  }
  void reply
    .headers({
      'content-type': isMediaType(file.mediaType) ? file.mediaType : 'application/octet-stream',
      'content-length': file.lengthBytes,
      'accept-ranges': 'none',
      // What creators upload is never run in the name of the platform.
      'content-security-policy': "default-src 'none'; sandbox",
      ...(file.fileName !== undefined && { 'content-disposition': contentDisposition(file.fileName) }),
    })
    .send(Readable.from(exactly(file.stream, file.lengthBytes), { objectMode: false }))
}

const isMediaType = (text: string) =>
  /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(; ?[\w-]{1,30}=[\w.+-]{1,60})*$/.test(text)

/** RFC 9110: tags are compared weakly here, `*` is any. */
const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))

/** Yields `stream`; throws when it is longer or shorter than announced, so that the connection is cut instead of corrupted. */
async function* exactly(stream: AsyncIterable<Uint8Array>, lengthBytes: number): AsyncGenerator<Uint8Array> {
  let sent = 0
  for await (const chunk of stream) {
    sent += chunk.byteLength
    if (sent > lengthBytes) throw new Error(`the file is longer than the ${lengthBytes} bytes announced`)
    yield chunk
  }
  if (sent < lengthBytes) throw new Error(`the file ended after ${sent} of ${lengthBytes} bytes`)
}

/** `attachment` with any name: an ASCII form for old clients (RFC 6266) and the exact one in UTF-8 (RFC 5987). */
const contentDisposition = (fileName: string): string => {
  const wellFormed = fileName.toWellFormed()
  const ascii = wellFormed.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%/]/g, '_')
  const encoded = encodeURIComponent(wellFormed).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
