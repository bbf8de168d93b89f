import { type PlatformShape, type RouteShape, wait } from '@knowton/core'
import * as z from 'zod'
import { type DeclaredRoute, isEvents, publicRoutes } from '../routes.ts'
import { parseProblem } from './api-problem.ts'
import type { Client, ClientOptions, ReceivedBytes } from './client-types.ts'
import { type RequestInput, requestBuilder } from './request-builder.ts'

/**
 * Makes the typed client of `platform`. Calls take and give decoded values (bigint, Date), throw `ApiProblem`, and try
 * again after a 429 or 503 when that is safe: on GET and on idempotent routes.
 */
export const createClient = <const P extends PlatformShape>(platform: P, options: ClientOptions): Client<P> => {
  const byService = Map.groupBy(publicRoutes(platform), (declared) => declared.service.name)
  const services = [...byService].map(([name, routes]) => [
    name,
    Object.fromEntries(routes.map((declared) => [declared.name, callOf(declared, options)])),
  ])
  // the functions are made from the same declaration that the type is
  return Object.fromEntries(services) as Client<P>
}

const callOf = (declared: DeclaredRoute, options: ClientOptions) => {
  const send = senderOf(declared, options)
  const { output, status } = declared.route
  if (output === 'bytes') return async (input: RequestInput = {}) => received(await send(input))
  if (isEvents(output)) return (input: RequestInput = {}) => eventsOf(() => send(input), output.data)
  return async (input: RequestInput = {}) => {
    const response = await send(input)
    return status === 204 ? undefined : z.decode(output, await response.json())
  }
}

const senderOf = (declared: DeclaredRoute, options: ClientOptions) => {
  const build = requestBuilder(declared, options)
  const { fetch: send = fetch, retries = 3, wait: pause = wait } = options
  const mayRepeat = isRepeatable(declared.route)
  return async (input: RequestInput): Promise<Response> => {
    const signal = input.signal ?? new AbortController().signal
    for (let tries = 0; ; tries += 1) {
      const { url, init } = build(input)
      const response = await send(url, { ...init, signal })
      if (response.ok) return response
      const delayMs = mayRepeat && tries < retries ? retryDelayMs(response, tries) : undefined
      if (delayMs === undefined) throw await parseProblem(response)
      await response.arrayBuffer() // read to the end, the connection can be used again
      await pause(delayMs, signal)
    }
  }
}

const isRepeatable = (route: RouteShape): boolean =>
  route.body !== 'bytes' && (route.method === 'GET' || route.idempotent === true)

const received = (response: Response): ReceivedBytes => {
  const length = response.headers.get('content-length')
  return {
    stream: response.body ?? new ReadableStream({ start: (controller) => controller.close() }),
    mediaType: response.headers.get('content-type') ?? 'application/octet-stream',
    lengthBytes: length === null ? undefined : Number(length),
    etag: response.headers.get('etag') ?? undefined,
    bytes: async () => new Uint8Array(await response.arrayBuffer()),
  }
}

async function* eventsOf(open: () => Promise<Response>, data: z.ZodType): AsyncGenerator<unknown> {
  const { body } = await open()
  if (body === null) return
  for await (const text of readEvents(body)) yield z.decode(data, JSON.parse(text))
}

/** Yields the data of each server-sent event in `body`, comments and other fields left out (WHATWG HTML § 9.2.6). */
async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  let data: string[] = []
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true })
    // a carriage return at the very end may be half of a line end
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '' && data.length > 0) {
        yield data.join('\n')
        data = []
      } else if (line === 'data') data.push('')
      else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5))
    }
  }
}

/** Longer waits are left to the caller. */
const LONGEST_WAIT_MS = 65_000

/** How long to wait before a refused call is tried again; undefined when the answer does not invite to. */
const retryDelayMs = (response: Response, tries: number): number | undefined => {
  if (response.status !== 429 && response.status !== 503) return undefined
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const delayMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 500 * 2 ** tries
  return delayMs <= LONGEST_WAIT_MS ? delayMs : undefined
}
