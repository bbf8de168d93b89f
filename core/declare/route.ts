import type * as z from 'zod'

/** Who may call: anyone, a signed-in account, or only the platform itself (never through the gateway). */
export type Access = 'public' | 'user' | 'internal'

/** A stream of server-sent events, each with data of this shape. */
export type EventsOutput<D extends z.ZodType = z.ZodType> = { readonly kind: 'events'; readonly data: D }

/** Declares that a route answers with server-sent events. */
export const events = <D extends z.ZodType>(data: D): EventsOutput<D> => ({ kind: 'events', data })

export type RouteShape = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Under `/api/v1`, parameters as `:name`. */
  readonly path: `/${string}`
  readonly summary: string
  readonly access: Access
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly headers?: z.ZodType
  /** `bytes`: the body arrives as a stream and is never held in memory. */
  readonly body?: z.ZodType | 'bytes'
  readonly output: z.ZodType | 'bytes' | EventsOutput
  readonly status?: 200 | 201 | 202 | 204
  /** Codes of the error table that this route may answer with, besides the ones every route has. */
  readonly errors: readonly string[]
  /** The route creates or moves value: an `Idempotency-Key` is required and `ctx.tx` commits with the answer. */
  readonly idempotent?: true
  /** Default 64 KiB. */
  readonly bodyLimitBytes?: number
  /** Until the upstream must have answered its first byte; default 15 s. */
  readonly timeoutMs?: number
}

/** Declares a route. */
export const route = <const R extends RouteShape>(declared: R): R => declared

/** The largest JSON body of a route that does not say otherwise. */
export const DEFAULT_BODY_LIMIT_BYTES = 64 * 1024

/** The time a route has to answer when it does not say otherwise. */
export const DEFAULT_TIMEOUT_MS = 15_000

/** A request body that is read as it arrives. */
export type Upload = {
  readonly stream: AsyncIterable<Uint8Array>
  readonly mediaType: string | undefined
  readonly lengthBytes: number | undefined
}

/** An answer that is sent as it is read. */
export type Download = {
  readonly stream: AsyncIterable<Uint8Array>
  readonly mediaType: string
  readonly lengthBytes: number
  /** Offered to the browser as a name; any text, escaped when sent. */
  readonly fileName?: string
  readonly etag?: string
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/** What a handler gets: every part parsed by its declared schema. */
export type InputOf<R extends RouteShape> = {
  readonly params: Parsed<R['params']>
  readonly query: Parsed<R['query']>
  readonly headers: Parsed<R['headers']>
  readonly body: R['body'] extends 'bytes' ? Upload : Parsed<R['body']>
}

/** What a handler answers with. */
export type OutputOf<R extends RouteShape> = R['output'] extends 'bytes'
  ? Download
  : R['output'] extends EventsOutput<infer D>
    ? AsyncIterable<z.output<D>>
    : Parsed<R['output']>

/** Why a handler does not: a declared code, a sentence on this very case, and facts for the caller. */
export type RefusalOf<R extends RouteShape> = {
  readonly kind: R['errors'][number]
  readonly detail?: string
  readonly facts?: Readonly<Record<string, string | number | boolean>>
}
