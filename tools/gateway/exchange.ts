import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ReadHeaders } from './request-headers.ts'
import type { GatewayRoute } from './router.ts'

/** One request on its way through the gateway. */
export type Exchange = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly requestId: string
  readonly headers: ReadHeaders
  /** Goes out with whatever is answered: request id, CORS, rates. */
  readonly ownHeaders: string[]
  readonly clientAddress: string
  /** The caller waits to be told to send the body (`Expect: 100-continue`). */
  readonly awaitsContinue: boolean
  readonly startedAt: number
  route: GatewayRoute | undefined
}

/** How long a body that nobody reads may go on arriving, so that the answer is read before the connection ends. */
const LINGER_MS = 5_000

/** Lets the rest of an answered request run out; a caller that goes on sending is cut off. */
export const letRestArrive = (request: IncomingMessage): void => {
  if (request.complete) return
  request.unpipe()
  request.resume()
  const linger = setTimeout(() => request.socket.destroy(), LINGER_MS)
  request.once('close', () => clearTimeout(linger))
}
