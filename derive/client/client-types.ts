import type { EventsOutput, PlatformShape, RouteShape } from '@knowton/core'
import type * as z from 'zod'
import type { Sent } from './sent.ts'

/** How a client reaches the platform. */
export type ClientOptions = {
  /** Where the gateway is, e.g. `http://localhost:8000`. */
  readonly baseUrl: string
  readonly fetch?: typeof fetch
  /** Asked before each call; undefined = not signed in. */
  readonly accessToken?: () => string | undefined
  /** How often a 429 or 503 answer to a call that is safe to repeat is tried again; default 3. */
  readonly retries?: number
  /** Waits between tries; a test gives its own. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Bytes to send: whatever `fetch` takes, or anything that yields them. */
export type BytesBody = Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>

/** Bytes that arrive as they are read. */
export type ReceivedBytes = {
  readonly stream: ReadableStream<Uint8Array>
  readonly mediaType: string
  readonly lengthBytes: number | undefined
  readonly etag: string | undefined
  /** Reads all of it. */
  readonly bytes: () => Promise<Uint8Array>
}

/** The routes of `P` as functions, by service: `api['creator-service'].getWork({ params: { workId } })`. */
export type Client<P extends PlatformShape> = {
  readonly [S in keyof P['services']]: {
    readonly [R in keyof P['services'][S]['routes'] as P['services'][S]['routes'][R]['access'] extends 'internal'
      ? never
      : R]: Call<P['services'][S]['routes'][R]>
  }
}

/** One route as a function. Throws `ApiProblem`. */
export type Call<R extends RouteShape> =
  Record<never, never> extends CallInput<R>
    ? (input?: CallInput<R>) => Answer<R['output']>
    : (input: CallInput<R>) => Answer<R['output']>

export type CallInput<R extends RouteShape> = Part<'params', R['params']> &
  Part<'query', R['query']> &
  BodyPart<R['body']> &
  (R extends { readonly idempotent: true } ? { readonly idempotencyKey: string } : unknown) & {
    readonly signal?: AbortSignal
  }

type Part<Name extends string, Schema> = Schema extends z.ZodType
  ? Record<never, never> extends Sent<Schema>
    ? { readonly [K in Name]?: Sent<Schema> }
    : { readonly [K in Name]: Sent<Schema> }
  : unknown

type BodyPart<Body> = Body extends 'bytes'
  ? { readonly body: BytesBody; readonly mediaType?: string }
  : Part<'body', Body>

type Answer<Output> = Output extends 'bytes'
  ? Promise<ReceivedBytes>
  : Output extends EventsOutput<infer Data>
    ? AsyncIterable<z.output<Data>>
    : Output extends z.ZodType
      ? Promise<z.output<Output>>
      : Promise<undefined>
