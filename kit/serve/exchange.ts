import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { User } from '../host.ts'
import { passThroughTracing, type Span } from '../telemetry/tracing.ts'

/** What is known of one request while it is answered. */
export type Exchange = {
  readonly requestId: string
  readonly startedAtMs: number
  /** Fires when the caller goes away, the time is over or the process must end. */
  readonly controller: AbortController
  user: User | undefined
  /** The request has arrived and its handler is at work. */
  handling: boolean
  span: Span
}

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange
  }
}

/** Opens the books on a request; its id is the caller's when that is well-formed. */
export const openExchange = (request: FastifyRequest, reply: FastifyReply): Exchange => {
  const offered = request.headers['x-request-id']
  const requestId = typeof offered === 'string' && /^[\w.:@+=/-]{1,128}$/.test(offered) ? offered : randomUUID()
  reply.raw.setHeader('x-request-id', requestId)
  reply.raw.setHeader('x-content-type-options', 'nosniff')
  return {
    requestId,
    startedAtMs: performance.now(),
    controller: new AbortController(),
    user: undefined,
    handling: false,
    span: passThroughTracing.start('', 'server', undefined),
  }
}
