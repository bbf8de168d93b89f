/** What the gateway itself needs of a request's headers, and what it hands on. */
export type ReadHeaders = {
  /** Flat list of names and values for the service. */
  readonly forwarded: string[]
  readonly authorization: string | undefined
  readonly origin: string | undefined
  readonly requestId: string | undefined
  readonly contentLength: number | undefined
  readonly isChunked: boolean
  readonly isPreflight: boolean
}

/** Between two neighbours only (RFC 9110 § 7.6.1), or said anew by the gateway, or never believed from a caller. */
const DROPPED = new Set([
  'connection',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
  'forwarded',
  'x-real-ip',
  'x-anonymous-consumer',
  'x-credential-identifier',
])
const DROPPED_PREFIXES = ['x-forwarded-', 'x-consumer-']

/** Reads the flat header list of a request once. */
export const readHeaders = (rawHeaders: readonly string[]): ReadHeaders => {
  const seen = new Map<string, string>()
  const forwarded: string[] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    const value = rawHeaders[at + 1] ?? ''
    const key = name.toLowerCase()
    if (!seen.has(key)) seen.set(key, value)
    if (!DROPPED.has(key) && !DROPPED_PREFIXES.some((prefix) => key.startsWith(prefix))) forwarded.push(name, value)
  }
  const contentLength = seen.get('content-length')
  return {
    forwarded: withoutNamed(forwarded, seen.get('connection')),
    authorization: seen.get('authorization'),
    origin: seen.get('origin'),
    requestId: seen.get('x-request-id'),
    contentLength: contentLength === undefined ? undefined : Number(contentLength),
    isChunked: seen.has('transfer-encoding'),
    isPreflight: seen.has('origin') && seen.has('access-control-request-method'),
  }
}

/** A Connection header may name further headers that end here, but not the ones that the request is read by. */
const withoutNamed = (headers: string[], connection: string | undefined): string[] => {
  if (connection === undefined || /^(keep-alive|close)$/i.test(connection)) return headers
  const kept = new Set(['authorization', 'content-length', 'content-type', 'idempotency-key'])
  const named = new Set(
    connection
      .toLowerCase()
      .split(',')
      .map((name) => name.trim()),
  )
  return headers.filter((_, at) => {
    const key = (headers[at - (at % 2)] ?? '').toLowerCase()
    return !named.has(key) || kept.has(key)
  })
}

/** Headers of a service's answer that end at the gateway; it gives its own request id and CORS headers. */
const DROPPED_FROM_ANSWER = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
])

/** The service's headers for the caller, after those of the gateway in `own`. */
export const answerHeaders = (
  own: readonly string[],
  raw: readonly (Buffer | string)[],
): { readonly headers: string[]; readonly isEventStream: boolean } => {
  const headers = [...own]
  let isEventStream = false
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toString('latin1') ?? ''
    const key = name.toLowerCase()
    if (DROPPED_FROM_ANSWER.has(key) || key.startsWith('access-control-')) continue
    const value = raw[at + 1]?.toString('latin1') ?? ''
    if (key === 'content-type') isEventStream = value.startsWith('text/event-stream')
    headers.push(name, value)
  }
  return { headers, isEventStream }
}
