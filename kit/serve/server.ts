import type { Server } from 'node:http'
import { Fault, type RequestErrorCode, type ServiceShape } from '@knowton/core'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { UntypedHandler } from './answer-route.ts'
import { openExchange } from './exchange.ts'
import { addOperations, type Operations } from './operations.ts'
import type { Problems } from './problem.ts'
import { RequestFault } from './request-fault.ts'
import { addRoute, type RouteDeps } from './route.ts'
import { sendProblem } from './send.ts'

/** Every declared route is served under this. */
export const API_PREFIX = '/api/v1'

/** Longest path parameter: an account or a decimal uint256 with room to spare. */
const MAX_PARAMETER_LENGTH = 256

/** The HTTP side of a service, its framework's type named only here. */
export type HttpServer = Awaited<ReturnType<typeof createServer>>

/** Builds the HTTP side of a service; `listen` is left to the caller. */
export const createServer = async (
  declared: ServiceShape,
  handlers: Readonly<Record<string, UntypedHandler>>,
  deps: RouteDeps & { readonly operations: Operations },
): Promise<FastifyInstance<Server>> => {
  const server = Fastify({
    logger: false,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => {
      request.exchange = openExchange(request, reply)
      sendProblem(request, reply, deps.problems.ofError(toRequestFault(error), request.exchange.requestId))
    },
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    },
  })
  server.decorateRequest('exchange')
  server.addHook('onRequest', (request, reply, done) => {
    request.exchange = openExchange(request, reply)
    done()
  })
  server.setErrorHandler((error, request, reply) => {
    const fault = toRequestFault(error)
    const { requestId } = request.exchange
    if (!(fault instanceof RequestFault)) deps.log.error('a request could not be handled', { requestId, error })
    sendProblem(request, reply, deps.problems.ofError(fault, requestId))
  })
  server.setNotFoundHandler(createUnmatched(declared, deps.problems))

  const routes = Object.entries(declared.routes)
  await server.register(async (scope) => {
    addJsonParser(scope)
    for (const [name, route] of routes) {
      if (route.body !== 'bytes')
        addRoute(scope, { name, route, handler: handlerOf(handlers, name), path: API_PREFIX + route.path }, deps)
    }
    addOperations(scope, deps.operations)
  })
  await server.register(async (scope) => {
    addStreamParser(scope)
    for (const [name, route] of routes) {
      if (route.body === 'bytes')
        addRoute(scope, { name, route, handler: handlerOf(handlers, name), path: API_PREFIX + route.path }, deps)
    }
  })
  return server
}

const handlerOf = (handlers: Readonly<Record<string, UntypedHandler>>, name: string): UntypedHandler => {
  const handler = handlers[name]
  if (handler === undefined) throw new Error(`the route "${name}" has no handler`)
  return handler
}

/** JSON only; keys that would reach a prototype are refused, another media type is `request.media-type`. */
const addJsonParser = (scope: FastifyInstance): void => {
  scope.removeAllContentTypeParsers()
  const parse = scope.getDefaultJsonParser('error', 'error')
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    void parse(request, body.toString(), (error, value) => {
      if (error === null) done(null, value)
      else done(new RequestFault('request.malformed', { detail: 'The body is not JSON.' }))
    })
  })
}

/** Any media type, handed on unread. */
const addStreamParser = (scope: FastifyInstance): void => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}

const byCode: Readonly<Record<string, RequestErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.media-type',
  FST_ERR_CTP_INVALID_TYPE: 'request.media-type',
  FST_ERR_CTP_EMPTY_TYPE: 'request.media-type',
  FST_ERR_NOT_FOUND: 'request.not-found',
}

/** What the framework says of a request, in our codes; anything that is not the caller's doing passes unchanged. */
const toRequestFault = (error: unknown): unknown => {
  if (error instanceof Fault || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? byCode[error.code] : undefined
  if (code !== undefined) return new RequestFault(code)
  const status = 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? new RequestFault('request.malformed') : error
}

/** Answers what no route takes: 405 with `Allow` when the address has other methods, 404 when it has none. */
const createUnmatched = (declared: ServiceShape, problems: Problems) => {
  const patterns = Object.values(declared.routes).map((route) => ({
    method: route.method,
    pattern: new RegExp(`^${API_PREFIX}${route.path.replace(/:[^/]+/g, '[^/]+')}$`),
  }))
  return (request: FastifyRequest, reply: FastifyReply): void => {
    const path = request.url.split('?')[0] ?? ''
    const methods = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    const fault = new RequestFault(methods.length > 0 ? 'request.method' : 'request.not-found')
    if (methods.length > 0) reply.header('allow', [...new Set(methods)].join(', '))
    sendProblem(request, reply, problems.ofError(fault, request.exchange.requestId))
  }
}
