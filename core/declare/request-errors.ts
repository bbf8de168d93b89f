import { defineErrors } from './service.ts'

/** The errors that any route can answer with: they belong to reading a request, not to a rule of the platform. */
export const requestErrors = defineErrors({
  'request.malformed': { status: 400, retry: 'never', says: 'The request could not be read.' },
  'request.invalid': { status: 422, retry: 'never', says: 'The request does not have the declared shape.' },
  'request.too-large': { status: 413, retry: 'never', says: 'The body is larger than this route takes.' },
  'request.media-type': { status: 415, retry: 'never', says: 'This route takes another media type.' },
  'request.not-found': { status: 404, retry: 'never', says: 'There is nothing at this address.' },
  'request.method': { status: 405, retry: 'never', says: 'This address does not take this method.' },
  'request.timeout': { status: 408, retry: 'later', says: 'The request did not arrive in time.' },
  'auth.missing': { status: 401, retry: 'never', says: 'Sign in first: this route needs an access token.' },
  'auth.invalid': { status: 401, retry: 'never', says: 'The access token is not valid.' },
  'auth.expired': { status: 401, retry: 'never', says: 'The access token has expired; refresh it.' },
  'idempotency.missing': { status: 400, retry: 'never', says: 'This route needs an Idempotency-Key header.' },
  'idempotency.reused': {
    status: 409,
    retry: 'never',
    says: 'This Idempotency-Key was used for another request.',
  },
  'idempotency.running': { status: 409, retry: 'later', says: 'The same request is being carried out.' },
  'limit.rate': { status: 429, retry: 'later', says: 'Too many requests; wait and try again.' },
  'internal.fault': { status: 500, retry: 'later', says: 'Something failed on our side.' },
  'internal.unavailable': { status: 503, retry: 'later', says: 'The service is not ready.' },
  'internal.timeout': { status: 504, retry: 'later', says: 'The service did not answer in time.' },
})

/** A code that every route may answer with. */
export type RequestErrorCode = keyof typeof requestErrors
