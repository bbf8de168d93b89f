import type { IncomingMessage } from 'node:http'
import { Transform, type TransformCallback } from 'node:stream'

/** The body grew beyond its limit. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
}

/** The caller went away before its body was complete. */
export class BodyCutShort extends Error {
  override readonly name = 'BodyCutShort'
}

/** The body did not arrive in time. */
export class BodyTooSlow extends Error {
  override readonly name = 'BodyTooSlow'
}

/** Reads the whole body; rejects with `BodyTooLarge`, `BodyTooSlow` or `BodyCutShort`. */
export const readBody = (
  request: IncomingMessage,
  { limitBytes, timeoutMs }: { readonly limitBytes: number; readonly timeoutMs: number },
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const slow = setTimeout(() => reject(new BodyTooSlow(`not whole after ${timeoutMs} ms`)), timeoutMs)
    const chunks: Buffer[] = []
    let received = 0
    request.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received <= limitBytes) chunks.push(chunk)
      else reject(new BodyTooLarge(`more than ${limitBytes} bytes`))
    })
    request.once('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    )
    request.once('error', () => reject(new BodyCutShort('the caller went away')))
    request.once('close', () => {
      clearTimeout(slow)
      reject(new BodyCutShort('the caller went away'))
    })
  })

/**
 * The body as it arrives, failing with `BodyTooLarge` at the first byte beyond `limitBytes`. Destroying it leaves the
 * caller's connection alone, so that the caller can still be told why.
 */
export const streamBody = (request: IncomingMessage, limitBytes: number): Transform => {
  let received = 0
  const limited = new Transform({
    transform: (chunk: Buffer, _encoding, done: TransformCallback) => {
      received += chunk.length
      if (received > limitBytes) done(new BodyTooLarge(`more than ${limitBytes} bytes`))
      else done(null, chunk)
    },
  })
  request.once('close', () => {
    if (!request.complete) limited.destroy(new BodyCutShort('the caller went away'))
  })
  return request.pipe(limited)
}
