import type { ServiceShape } from '@knowton/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { API_PREFIX } from './api-prefix.ts'
import type { Problems } from './problem.ts'
import { RequestFault } from './request-fault.ts'
import { sendProblem } from './send.ts'

/** Answers what no route takes: 405 with `Allow` when the address has other methods, 404 when it has none. */
export const createUnmatched = (declared: ServiceShape, problems: Problems) => {
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
