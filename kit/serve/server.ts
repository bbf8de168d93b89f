import type { Server } from 'node:http'
import type { ServiceShape } from '@knowton/core'
import Fastify, { type FastifyInstance } from 'fastify'
import type { UntypedHandler } from './answer-route.ts'
import { API_PREFIX } from './api-prefix.ts'
import { addJsonParser, addStreamParser } from './body-parsers.ts'
import { openExchange } from './exchange.ts'
import { toRequestFault } from './framework-error.ts'
import { addOperations, type Operations } from './operations.ts'
import { RequestFault } from './request-fault.ts'
import { addRoute, type RouteDeps } from './route.ts'
import { sendProblem } from './send.ts'
import { createUnmatched } from './unmatched.ts'

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
