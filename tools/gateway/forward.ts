import type { Readable } from 'node:stream'
import type { RequestErrorCode } from '@knowton/core'
import { type Dispatcher, errors } from 'undici'
import { type Exchange, letRestArrive } from './exchange.ts'
import { BodyTooLarge, BodyTooSlow, readBody, streamBody } from './request-body.ts'
import { answerHeaders } from './request-headers.ts'
import type { GatewayRoute } from './router.ts'

/** What `forward` tells of an exchange. */
export type ForwardEvents = {
  /** Answers with a problem: nothing has been sent to the caller yet. */
  readonly onFailure: (code: RequestErrorCode, detail?: string) => void
  /** The answer is an endless stream of events, which a drain must cut. */
  readonly onEventStream: () => void
}

/** Hands the exchange on to the service of `route` and its answer back, as they arrive, each side at the other's pace. */
export const forward = async (
  exchange: Exchange,
  route: GatewayRoute,
  path: string,
  on: ForwardEvents,
): Promise<void> => {
  const body = await bodyOf(exchange, route)
  const isRepeatable = isIdempotent(exchange.request.method) && (body === null || Buffer.isBuffer(body))
  const send = (triesLeft: number): void => {
    const answer = answerHandler(exchange, on, (error) => {
      if (isRepeatable && triesLeft > 0 && isLostConnection(error)) send(triesLeft - 1)
      else on.onFailure(...failureOf(error))
    })
    route.upstream.dispatch(optionsOf(exchange, route, path, body), answer)
  }
  send(route.retries)
}

const bodyOf = async (
  { request, response, headers, awaitsContinue }: Exchange,
  route: GatewayRoute,
): Promise<Buffer | Readable | null> => {
  if (!headers.isChunked && (headers.contentLength ?? 0) === 0) return null
  if (awaitsContinue) response.writeContinue()
  const { bodyLimitBytes: limitBytes, readTimeoutMs: timeoutMs } = route
  return route.buffersBody ? await readBody(request, { limitBytes, timeoutMs }) : streamBody(request, limitBytes)
}

const optionsOf = (
  { request, headers, clientAddress, requestId }: Exchange,
  route: GatewayRoute,
  path: string,
  body: Buffer | Readable | null,
): Dispatcher.DispatchOptions => ({
  path,
  method: request.method ?? 'GET',
  body,
  headers: [
    ...headers.forwarded,
    'host',
    route.upstreamHost,
    'x-request-id',
    requestId,
    'x-forwarded-for',
    clientAddress,
    'x-forwarded-proto',
    'http',
    'x-forwarded-host',
    request.headers.host ?? '',
  ],
})

const answerHandler = (
  { request, response, ownHeaders }: Exchange,
  on: ForwardEvents,
  onErrorBeforeAnswer: (error: Error) => void,
): Dispatcher.DispatchHandler => {
  let resumeUpstream: (() => void) | undefined
  let stop: (() => void) | undefined
  const release = () => {
    if (stop !== undefined) response.off('close', stop)
  }
  return {
    onRequestStart: (controller) => {
      stop = () => controller.abort(new errors.RequestAbortedError())
      if (response.destroyed) stop()
      else response.once('close', stop)
    },
    onResponseStart: (controller, status) => {
      if (status < 200) return
      const { headers, isEventStream } = answerHeaders(ownHeaders, rawList(controller.rawHeaders))
      response.writeHead(status, headers)
      if (isEventStream) {
        response.flushHeaders()
        on.onEventStream()
      }
    },
    onResponseData: (controller, chunk) => {
      if (response.write(chunk)) return
      controller.pause()
      if (resumeUpstream !== undefined) return
      resumeUpstream = () => controller.resume()
      response.on('drain', resumeUpstream)
    },
    onResponseEnd: () => {
      release()
      response.end()
      letRestArrive(request)
    },
    onResponseError: (_controller, error) => {
      release()
      if (response.headersSent) response.destroy()
      else if (!response.destroyed) onErrorBeforeAnswer(error)
    },
  }
}

const rawList = (raw: Dispatcher.DispatchController['rawHeaders']): readonly (Buffer | string)[] =>
  Array.isArray(raw) ? raw : []

const isIdempotent = (method = 'GET'): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

const LOST = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE'])
const SLOW = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

const isLostConnection = (error: Error): boolean => LOST.has(codeOf(error))

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

/** The code and sentence of what kept a request from being answered. */
export const failureOf = (error: unknown): [RequestErrorCode, string?] => {
  if (!(error instanceof Error)) return ['internal.fault']
  if (error instanceof BodyTooLarge) return ['request.too-large']
  if (error instanceof BodyTooSlow) return ['request.timeout']
  // undici refuses a header or path that cannot stand in a request
  if (error instanceof errors.InvalidArgumentError) return ['request.malformed', error.message]
  if (SLOW.has(codeOf(error))) return ['internal.timeout']
  return ['internal.unavailable']
}
