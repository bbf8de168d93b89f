import { Fault, type RequestErrorCode } from '@knowton/core'
import { RequestFault } from './request-fault.ts'

const byCode: Readonly<Record<string, RequestErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.media-type',
  FST_ERR_CTP_INVALID_TYPE: 'request.media-type',
  FST_ERR_CTP_EMPTY_TYPE: 'request.media-type',
  FST_ERR_NOT_FOUND: 'request.not-found',
}

/** What the framework says of a request, in our codes; anything that is not the caller's doing passes unchanged. */
export const toRequestFault = (error: unknown): unknown => {
  if (error instanceof Fault || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? byCode[error.code] : undefined
  if (code !== undefined) return new RequestFault(code)
  const status = 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? new RequestFault('request.malformed') : error
}
