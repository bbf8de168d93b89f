import type { IncomingMessage } from 'node:http'
import {
  type Clock,
  DEFAULT_BODY_LIMIT_BYTES,
  DEFAULT_TIMEOUT_MS,
  type Download,
  type RequestErrorCode,
  type RouteShape,
  type Upload,
} from '@knowton/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Outbox } from '../outbox/outbox.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Tracing } from '../telemetry/tracing.ts'
import { withLazily } from '../telemetry/with-lazily.ts'
import type { Authenticate } from './access-token.ts'
import { createRouteAnswerer, type RouteAnswer, type RouteRequest, type UntypedHandler } from './answer-route.ts'
import { createOutputEncoder, isEvents } from './encode-output.ts'
import { idempotencyKeyOf } from './idempotency.ts'
import type { Problems } from './problem.ts'
import { RequestFault } from './request-fault.ts'
import { sendDownload, sendJson, sendProblem } from './send.ts'
import { sendEvents } from './server-sent-events.ts'

/** What every route needs. */
export type RouteDeps = {
  readonly ports: unknown
  readonly authenticate: Authenticate
  readonly outbox: Outbox | undefined
  readonly problems: Problems
  readonly log: Log
  readonly tracing: Tracing
  readonly metrics: Metrics
  readonly clock: Clock
  /** Fires when the process drains: streams end, requests go on. */
  readonly draining: AbortSignal
  /** Fires when unfinished requests must be given up. */
  readonly ending: AbortSignal
}

type RouteSettings = {
  readonly name: string
  readonly path: string
  readonly route: RouteShape
  readonly handler: UntypedHandler
}

/** Serves one declared route. */
export const addRoute = (scope: FastifyInstance, settings: RouteSettings, deps: RouteDeps): void => {
  const { route, path } = settings
  const limitBytes = route.bodyLimitBytes ?? DEFAULT_BODY_LIMIT_BYTES
  const answerRoute = createRouteAnswerer({ ...settings, database: deps.outbox?.database })
  const send = createSender(settings, deps)

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    try {
      const upload = route.body === 'bytes' ? toUpload(request.raw, limitBytes) : undefined
      const found = await answerRoute(toRouteRequest(settings, deps, request, upload))
      if (!reply.sent) await send(request, reply, found)
    } catch (error) {
      fail(settings, deps, request, reply, error)
    }
  }

  scope.route({
    method: route.method,
    url: path,
    bodyLimit: limitBytes,
    exposeHeadRoute: route.method === 'GET' && !isEvents(route.output),
    onRequest: async (request, reply) => {
      watch(settings, deps, request, reply)
      if (route.access === 'user') request.exchange.user = await deps.authenticate(request.headers.authorization)
    },
    handler: (request, reply) => {
      request.exchange.handling = true
      void answer(request, reply)
    },
  })
}

/** Ends the request in time, and notes how it went once the connection is done with it. */
const watch = ({ name, route }: RouteSettings, deps: RouteDeps, request: FastifyRequest, reply: FastifyReply) => {
  const { exchange } = request
  exchange.span = deps.tracing.start(`${route.method} ${route.path}`, 'server', headerOf(request, 'traceparent'))
  const abort = (reason: Error) => exchange.controller.abort(reason)
  const timer = setTimeout(() => {
    abort(new Error('the time of the request is over'))
    const code: RequestErrorCode = exchange.handling ? 'internal.timeout' : 'request.timeout'
    sendProblem(request, reply, deps.problems.ofError(new RequestFault(code), exchange.requestId))
  }, route.timeoutMs ?? DEFAULT_TIMEOUT_MS)
  const onEnding = () => abort(new Error('the process ends'))
  const endsBy = isEvents(route.output) ? deps.draining : deps.ending
  endsBy.addEventListener('abort', onEnding, { once: true })
  if (endsBy.aborted) onEnding()
  let isOver = false
  const onOver = (left: boolean) => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    endsBy.removeEventListener('abort', onEnding)
    if (left) abort(new Error('the caller has gone'))
    const status = left ? CALLER_GONE : reply.raw.statusCode
    deps.metrics.requestDone(name, route.method, status, (performance.now() - exchange.startedAtMs) / 1000)
    exchange.span.end({ attributes: { 'http.response.status_code': status, 'http.route': route.path } })
  }
  reply.raw.once('finish', () => onOver(false))
  reply.raw.once('close', () => onOver(!reply.raw.writableEnded))
}

/** Counted for a request whose caller left before the answer; never sent. */
const CALLER_GONE = 499

const toRouteRequest = (
  { route }: RouteSettings,
  deps: RouteDeps,
  request: FastifyRequest,
  upload: RouteRequest['upload'],
): RouteRequest => {
  const { exchange } = request
  const { user, requestId } = exchange
  const now = deps.clock()
  const origin = { causationId: requestId, traceparent: exchange.span.traceparent }
  return {
    raw: { params: request.params, query: request.query, headers: request.headers, body: request.body },
    upload,
    idempotency: route.idempotent && {
      account: user?.account ?? '',
      key: idempotencyKeyOf(request.headers['idempotency-key']),
      method: request.method,
      path: request.url,
      body: request.body,
      now,
    },
    context: {
      ports: deps.ports,
      publish: deps.outbox?.publishFrom(origin) ?? noOutbox,
      user,
      requestId,
      log: withLazily(deps.log, { requestId }),
      signal: exchange.controller.signal,
      now,
    },
  }
}

const createSender = ({ name, route }: RouteSettings, deps: RouteDeps) => {
  const encode = createOutputEncoder(name, route.output)
  async function* encodeAll(values: AsyncIterable<unknown>) {
    for await (const value of values) yield encode(value)
  }
  return async (request: FastifyRequest, reply: FastifyReply, found: RouteAnswer): Promise<void> => {
    const { requestId, controller } = request.exchange
    if (found.kind === 'refusal') {
      sendProblem(request, reply, deps.problems.ofRefusal(found.refusal, requestId))
    } else if (found.kind === 'json') {
      if (route.access === 'user') reply.header('cache-control', 'no-store')
      if (found.replayed) reply.header('idempotency-replayed', 'true')
      sendJson(reply, found.answer)
    } else if (route.output === 'bytes') {
      await sendDownload(request, reply, found.value as Download)
    } else {
      reply.hijack()
      await sendEvents(reply.raw, encodeAll(found.value as AsyncIterable<unknown>), controller.signal)
    }
  }
}

const fail = (
  { name }: RouteSettings,
  deps: RouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
) => {
  const { requestId, controller, span } = request.exchange
  if (!(error instanceof RequestFault) && !controller.signal.aborted) {
    deps.log.error('a request failed', { route: name, requestId, error })
    span.end({ error })
  }
  if (reply.raw.headersSent) reply.raw.destroy()
  else sendProblem(request, reply, deps.problems.ofError(error, requestId))
}

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

const noOutbox = async () => {
  throw new Error('the service has no database to publish from')
}

/** The body of `request` as it arrives, cut off with `request.too-large` past the limit. Throws at once when it is announced longer. */
const toUpload = (request: IncomingMessage, limitBytes: number): Upload => {
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
