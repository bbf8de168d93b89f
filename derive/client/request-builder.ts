import type { DeclaredRoute } from '../routes.ts'
import type { BytesBody, ClientOptions } from './client-types.ts'
import { encoderOf } from './sent.ts'

/** A call's input, whatever the route is. */
export type RequestInput = {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
  readonly mediaType?: string
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

type Request = { readonly url: string; readonly init: RequestInit & { duplex?: 'half' } }

/** Turns the input of a call of `declared` into what `fetch` takes. */
export const requestBuilder = ({ route, path }: DeclaredRoute, { baseUrl, accessToken }: ClientOptions) => {
  const encodeParams = encoderOrNone(route.params)
  const encodeQuery = encoderOrNone(route.query)
  const encodeBody = route.body === 'bytes' ? undefined : encoderOrNone(route.body)
  const base = baseUrl.replace(/\/+$/, '')
  return (input: RequestInput): Request => {
    const headers = new Headers()
    const token = accessToken?.()
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
    if (input.idempotencyKey !== undefined) headers.set('idempotency-key', input.idempotencyKey)
    const url = `${base}${fillPath(path, fieldsOf(encodeParams(input.params ?? {})))}${queryOf(encodeQuery(input.query ?? {}))}`
    if (route.body === undefined) return { url, init: { method: route.method, headers } }
    headers.set(
      'content-type',
      encodeBody === undefined ? (input.mediaType ?? 'application/octet-stream') : 'application/json',
    )
    const body = encodeBody === undefined ? bytesOf(input.body) : JSON.stringify(encodeBody(input.body))
    return { url, init: { method: route.method, headers, body, duplex: 'half' } }
  }
}

const encoderOrNone = (schema: Parameters<typeof encoderOf>[0] | 'bytes' | undefined) =>
  schema === undefined || schema === 'bytes' ? (): unknown => ({}) : encoderOf(schema)

const fieldsOf = (encoded: unknown): readonly (readonly [string, unknown])[] =>
  typeof encoded === 'object' && encoded !== null ? Object.entries(encoded) : []

const fillPath = (path: string, fields: readonly (readonly [string, unknown])[]): string => {
  const values = new Map(fields)
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values.get(name))))
}

const queryOf = (encoded: unknown): string => {
  const query = new URLSearchParams()
  for (const [key, value] of fieldsOf(encoded)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) query.append(key, String(item))
  }
  return query.size === 0 ? '' : `?${query}`
}

const bytesOf = (body: unknown): NonNullable<RequestInit['body']> => {
  if (body instanceof Blob || body instanceof ReadableStream || isBytes(body)) return body
  return ReadableStream.from(body as Exclude<BytesBody, Blob | Uint8Array>)
}

const isBytes = (body: unknown): body is Uint8Array<ArrayBuffer> => body instanceof Uint8Array
