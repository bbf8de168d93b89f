import type { FastifyInstance } from 'fastify'
import { RequestFault } from './request-fault.ts'

/** JSON only; keys that would reach a prototype are refused, another media type is `request.media-type`. */
export const addJsonParser = (scope: FastifyInstance): void => {
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
export const addStreamParser = (scope: FastifyInstance): void => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}
