import {
  type ErrorEntry,
  type PlatformShape,
  type RequestErrorCode,
  type RouteShape,
  requestErrors,
} from '@knowton/core'

export type RouteError = ErrorEntry & { readonly code: string }

/** Every code that `route` may answer with: its own, and those of reading such a request at all. */
export const routeErrors = (platform: PlatformShape, route: RouteShape): readonly RouteError[] =>
  [...requestCodesOf(route), ...route.errors].flatMap((code) => {
    const entry = platform.errors[code] ?? Object.entries(requestErrors).find(([known]) => known === code)?.[1]
    return entry === undefined ? [] : [{ code, ...entry }]
  })

/** The address of the page on an error code; also the `type` of its problem documents. */
export const problemType = (code: string): string => `https://knowton.io/errors/${code}`

const requestCodesOf = (route: RouteShape): readonly RequestErrorCode[] => [
  ...(route.access === 'user' ? (['auth.missing', 'auth.invalid', 'auth.expired'] as const) : []),
  ...(route.body === undefined ? [] : (['request.too-large', 'request.media-type', 'request.timeout'] as const)),
  ...(route.body === undefined || route.body === 'bytes' ? [] : (['request.malformed'] as const)),
  ...(takesShape(route) ? (['request.invalid'] as const) : []),
  ...(route.idempotent ? (['idempotency.missing', 'idempotency.reused', 'idempotency.running'] as const) : []),
  'limit.rate',
  'internal.fault',
  'internal.unavailable',
  'internal.timeout',
]

const takesShape = ({ params, query, headers, body }: RouteShape): boolean =>
  [params, query, headers, body].some((part) => part !== undefined && part !== 'bytes')
