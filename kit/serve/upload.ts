import type { IncomingMessage } from 'node:http'
import type { Upload } from '@knowton/core'
import { RequestFault } from './request-fault.ts'

/** The body of `request` as it arrives, cut off with `request.too-large` past the limit. Throws at once when it is announced longer. */
export const toUpload = (request: IncomingMessage, limitBytes: number): Upload => {
  const announced = request.headers['content-length']
  const lengthBytes = announced === undefined ? undefined : Number(announced)
  if (lengthBytes !== undefined && lengthBytes > limitBytes) throw new RequestFault('request.too-large')
  return { stream: atMost(request, limitBytes), mediaType: request.headers['content-type'], lengthBytes }
}

async function* atMost(source: AsyncIterable<Uint8Array>, limitBytes: number): AsyncGenerator<Uint8Array> {
  let received = 0
  for await (const chunk of source) {
    received += chunk.byteLength
    if (received > limitBytes) throw new RequestFault('request.too-large')
    yield chunk
  }
}
