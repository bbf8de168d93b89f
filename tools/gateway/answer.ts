import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { RequestErrorCode } from '@knowton/core'
import type { Cors } from './cors.ts'
import type { KongFile } from './declared.ts'
import { type Exchange, letRestArrive } from './exchange.ts'
import { failureOf, forward } from './forward.ts'
import type { Metrics } from './metrics.ts'
import { normalizePath, type Target } from './normalize-path.ts'
import type { Problems } from './problem.ts'
import { rateHeaders } from './rate-limiter.ts'
import { readHeaders } from './request-headers.ts'
import type { GatewayRoute, Router } from './router.ts'
import type { TokenVerifier } from './token-verifier.ts'

/** Answers the gateway's own pages; undefined = there is no such page. */
export type Pages = (path: string) => ((request: PageRequest) => Promise<Page>) | undefined
export type PageRequest = { readonly query: URLSearchParams; readonly acceptLanguage: string }
export type Page = { readonly status: number; readonly headers: readonly string[]; readonly body: string | Buffer }

export type GatewayParts = {
  readonly file: KongFile
  readonly problems: Problems
  readonly pages: Pages
  readonly metrics: Metrics
  /** Milliseconds since 1970. */
  readonly nowMs: () => number
  /** Told of what should not happen. */
  readonly onFault: (error: unknown, requestId: string) => void
}

/** Everything that a request goes through, made once. */
export type Pipeline = GatewayParts & {
  readonly router: Router
  readonly cors: Cors | undefined
  readonly verifyToken: TokenVerifier
  /** Open streams of server-sent events. */
  readonly streams: Set<ServerResponse>
}

/** Takes one request through everything its route asks for, in the order of Kong's plugins. */
export const answer = (
  pipeline: Pipeline,
  request: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
): void => {
  const exchange = begin(pipeline, request, response, awaitsContinue)
  response.once('close', () =>
    pipeline.metrics.count(exchange.route, response.statusCode, performance.now() - exchange.startedAt),
  )
  const target = normalizePath(request.url ?? '')
  if (target === undefined) {
    refuse(pipeline, exchange, 'request.malformed')
    return
  }
  exchange.route = pipeline.router.find(request.method ?? '', target.path)
  if (exchange.route === undefined) answerWithoutRoute(pipeline, exchange, target)
  else throughRoute(pipeline, exchange, exchange.route, target)
}

const answerWithoutRoute = (pipeline: Pipeline, exchange: Exchange, target: Target): void => {
  const { request } = exchange
  const page = request.method === 'GET' || request.method === 'HEAD' ? pipeline.pages(target.path) : undefined
  if (page !== undefined) {
    answerPage(pipeline, exchange, page, target)
    return
  }
  const allowed = pipeline.router.methodsAt(target.path)
  if (allowed.length > 0) exchange.ownHeaders.push('Allow', allowed.join(', '))
  refuse(pipeline, exchange, allowed.length > 0 ? 'request.method' : 'request.not-found')
}

const begin = (
  { cors }: Pipeline,
  request: IncomingMessage,
  response: ServerResponse,
  awaitsContinue: boolean,
): Exchange => {
  const headers = readHeaders(request.rawHeaders)
  const given = headers.requestId
  const requestId = given !== undefined && /^[\x21-\x7e]{1,128}$/.test(given) ? given : randomUUID()
  return {
    request,
    response,
    requestId,
    headers,
    ownHeaders: ['X-Request-Id', requestId, ...(cors?.headersFor(headers.origin) ?? [])],
    clientAddress: request.socket.remoteAddress ?? '',
    awaitsContinue,
    startedAt: performance.now(),
    route: undefined,
  }
}

const throughRoute = (pipeline: Pipeline, exchange: Exchange, route: GatewayRoute, target: Target): void => {
  const { request, response, headers, ownHeaders } = exchange
  if (request.method === 'OPTIONS' && headers.isPreflight && pipeline.cors !== undefined) {
    response.writeHead(200, [...ownHeaders, ...pipeline.cors.preflight]).end()
    return
  }
  const refusal = refusalOf(pipeline, exchange, route)
  if (refusal !== undefined) {
    refuse(pipeline, exchange, ...refusal)
    return
  }
  const onFailure = (code: RequestErrorCode, detail?: string) =>
    refuse(pipeline, exchange, code, detail === undefined ? {} : { detail })
  const onEventStream = () => {
    pipeline.streams.add(response)
    response.once('close', () => pipeline.streams.delete(response))
  }
  forward(exchange, route, target.path + target.query, { onFailure, onEventStream }).catch((error: unknown) =>
    onFailure(...failureOf(error)),
  )
}

/** What the plugins of the route have against the request, the first of them by Kong's order. */
const refusalOf = (
  { verifyToken, nowMs }: Pipeline,
  { request, headers, clientAddress, ownHeaders }: Exchange,
  route: GatewayRoute,
): Refusal | undefined => {
  const now = nowMs()
  const fault = route.needsToken && request.method !== 'OPTIONS' ? verifyToken(headers.authorization, now) : undefined
  if (fault !== undefined) return [fault]
  if ((headers.contentLength ?? 0) > route.bodyLimitBytes) return ['request.too-large']
  const rate = route.limiter?.(clientAddress, now)
  if (rate === undefined) return undefined
  ownHeaders.push(...rateHeaders(rate))
  return rate.allowed ? undefined : ['limit.rate', { retryAfterSeconds: rate.resetSeconds }]
}

type Refusal = readonly [code: RequestErrorCode, more?: Parameters<Problems>[2]]

const refuse = (
  { problems }: Pipeline,
  { request, response, requestId, ownHeaders }: Exchange,
  code: RequestErrorCode,
  more: Parameters<Problems>[2] = {},
): void => {
  if (response.headersSent || response.destroyed) return
  const problem = problems(code, requestId, more)
  response.writeHead(problem.status, [...ownHeaders, ...problem.headers])
  response.end(problem.body)
  letRestArrive(request)
}

const answerPage = (
  pipeline: Pipeline,
  exchange: Exchange,
  page: NonNullable<ReturnType<Pages>>,
  { query }: Target,
): void => {
  const { request, response, ownHeaders, requestId } = exchange
  page({ query: new URLSearchParams(query), acceptLanguage: request.headers['accept-language'] ?? '' })
    .then(({ status, headers, body }) => {
      response.writeHead(status, [...ownHeaders, ...headers, 'Content-Length', String(Buffer.byteLength(body))])
      response.end(request.method === 'HEAD' ? undefined : body)
    })
    .catch((error: unknown) => {
      pipeline.onFault(error, requestId)
      refuse(pipeline, exchange, 'internal.fault')
    })
}

/** Answers what Node's parser refused, on the bare connection. */
export const refuseUnreadable = ({ problems }: Pipeline, error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const code = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request.timeout' : 'request.malformed'
  const { status, headers, body } = problems(code, randomUUID())
  const lines = headers.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${headers[at + 1]}`] : []))
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`)
}
