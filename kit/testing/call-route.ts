import { randomUUID } from 'node:crypto'
import type { EventsOutput, Hex, OutputOf, RouteShape, ServiceShape } from '@knowton/core'
import * as z from 'zod'
import { API_PREFIX } from '../serve/server.ts'

/** Who sends a request, and what goes with it. */
export type Sender = {
  /** The address of the signed-in account. */
  readonly as?: Hex
  /** An access token, when it is not one of the test's own. */
  readonly token?: string
  /** Every POST gets a new `Idempotency-Key` unless one is given here. */
  readonly headers?: Readonly<Record<string, string>>
}

/** A request that need not be one of the declared routes: JSON in `body`, or bytes. */
export type PlainRequest = Sender & {
  readonly body?: unknown
  readonly bytes?: Uint8Array<ArrayBuffer> | ReadableStream
}

/** An answer as it came; `json` is undefined when the body is something else. */
export type PlainAnswer = {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  readonly json: unknown
}

/** `send('POST /auth/nonce', …)`, the path without its prefix. */
export type Send = (what: `${RouteShape['method']} /${string}`, request?: PlainRequest) => Promise<PlainAnswer>

/** Why a request was refused, as it is told over HTTP. */
export type ToldProblem = z.output<typeof problem>
const problem = z.object({
  status: z.int(),
  code: z.string(),
  title: z.string(),
  detail: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
})

/** What a declared route answered, decoded by its schema. */
export type Answer<Value> = { readonly status: number; readonly headers: Headers } & (
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: ToldProblem }
)

/** The value of an answer. Throws an Error with the problem when there is none. */
export const accepted = <Value>(answer: Answer<Value>): Value => {
  if (answer.ok) return answer.value
  throw new Error(`${answer.problem.status} ${answer.problem.code}: ${answer.problem.detail ?? answer.problem.title}`)
}

type Part<Schema> = Schema extends z.ZodType ? z.input<Schema> | z.output<Schema> : undefined
type Body<R extends RouteShape> = R['body'] extends 'bytes' ? Uint8Array<ArrayBuffer> | ReadableStream : Part<R['body']>
type Parts<R extends RouteShape> = {
  readonly params: Part<R['params']>
  readonly query: Part<R['query']>
  readonly body: Body<R>
}

/** The parts of a request that its route declares, decoded or in the wire form; the query may be left out. */
export type CallInput<R extends RouteShape> = {
  readonly [K in Exclude<keyof Parts<R>, 'query'> as Parts<R>[K] extends undefined ? never : K]: Parts<R>[K]
} & { readonly query?: Partial<Parts<R>['query']> }

/** Bytes come whole; a stream of events has no end, so its route is not called but handled. */
type CallOutput<R extends RouteShape> = R['output'] extends 'bytes'
  ? Buffer
  : R['output'] extends EventsOutput
    ? never
    : OutputOf<R>

/** Calls a declared route by its name over HTTP. */
export type Call<S extends ServiceShape> = <R extends keyof S['routes'] & string>(
  route: R,
  input: CallInput<S['routes'][R]>,
  sender?: Sender,
) => Promise<Answer<CallOutput<S['routes'][R]>>>

/** Sends requests to the service at `url`; `tokenOf` signs callers in. */
export const createSend =
  (url: string, tokenOf: (address: Hex) => Promise<string>): Send =>
  async (what, { as, token = as && tokenOf(as), body, bytes, headers } = {}) => {
    const [method = '', path = ''] = what.split(' ')
    const sent = bytes ?? (body === undefined ? undefined : toJson(body))
    const response = await fetch(`${url}${API_PREFIX}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${await token}` }),
        ...(sent !== undefined && {
          'content-type': bytes === undefined ? 'application/json' : 'application/octet-stream',
        }),
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
      ...(sent instanceof ReadableStream && { duplex: 'half' }),
    })
    const received = Buffer.from(await response.arrayBuffer())
    const isJson = received.length > 0 && /json/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      headers: response.headers,
      bytes: received,
      json: isJson ? JSON.parse(received.toString()) : undefined,
    }
  }

/** Calls the routes of `declared` through `send`. */
export const createCall = (declared: ServiceShape, send: Send) => {
  const call = async (name: string, input: UntypedInput, sender: Sender = {}): Promise<Answer<unknown>> => {
    const route = declared.routes[name]
    if (route === undefined) throw new RangeError(`the service declares no route "${name}"`)
    const carried = route.body === 'bytes' ? { bytes: input.body as NonNullable<PlainRequest['bytes']> } : bodyOf(input)
    const answer = await send(`${route.method} ${pathOf(route.path, input)}`, { ...sender, ...carried })
    const { status, headers } = answer
    if (status >= 400) return { status, headers, ok: false, problem: problem.parse(answer.json) }
    return { status, headers, ok: true, value: decode(route.output, answer) }
  }
  return call
}

type UntypedInput = {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
}

const bodyOf = ({ body }: UntypedInput) => (body === undefined ? {} : { body })

const pathOf = (path: `/${string}`, { params, query }: UntypedInput): `/${string}` => {
  const values = new Map(Object.entries(params ?? {}))
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(toText(values.get(name))))
  const asked = Object.entries(query ?? {}).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, toText(value)]],
  )
  return `${filled as `/${string}`}${asked.length === 0 ? '' : `?${new URLSearchParams(asked)}`}`
}

const toText = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value))

const toJson = (body: unknown): string =>
  JSON.stringify(body, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))

const decode = (output: RouteShape['output'], { status, bytes, json }: PlainAnswer): unknown => {
  if (output === 'bytes') return bytes
  if ('kind' in output) throw new RangeError('a stream of events is handled, not called')
  return status === 204 ? undefined : z.decode(output, json)
}
