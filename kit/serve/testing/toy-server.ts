import { once } from 'node:events'
import {
  accountId,
  amount,
  defineErrors,
  events,
  Fault,
  instant,
  ok,
  page,
  pageQuery,
  refuse,
  requestErrors,
  route,
  service,
} from '@knowton/core'
import * as z from 'zod'
import type { Handler } from '../../implementation.ts'
import type { Fields, Log } from '../../telemetry/log.ts'
import { createMetrics } from '../../telemetry/metrics.ts'
import { passThroughTracing } from '../../telemetry/tracing.ts'
import { createTestTokens } from '../../testing/access-tokens.ts'
import { createAuthenticate } from '../access-token.ts'
import type { UntypedHandler } from '../answer-route.ts'
import { createProblems } from '../problem.ts'
import { createServer } from '../server.ts'

const note = z.object({ id: z.int(), text: z.string(), worth: amount, at: instant })

/** A service with one route of each kind. */
export const toyService = service({
  name: 'toy-service',
  summary: 'One route of each kind.',
  routes: {
    getNote: route({
      method: 'GET',
      path: '/notes/:id',
      summary: 'A note.',
      access: 'public',
      params: z.object({ id: z.coerce.number().int().min(0) }),
      output: note,
      errors: ['note.unknown'],
    }),
    listNotes: route({
      method: 'GET',
      path: '/notes',
      summary: 'Notes.',
      access: 'public',
      query: z.object({ ...pageQuery, worth: amount.optional() }),
      output: page(note),
      errors: [],
    }),
    putNote: route({
      method: 'PUT',
      path: '/notes/:id',
      summary: 'Change a note.',
      access: 'public',
      params: z.object({ id: z.coerce.number().int() }),
      body: z.strictObject({
        text: z.string().max(100),
        worth: amount,
        tags: z.array(z.string()).default([]),
        extra: z.json().optional(),
      }),
      bodyLimitBytes: 1024,
      output: z.object({ text: z.string(), worth: amount, tags: z.array(z.string()) }),
      errors: [],
    }),
    removeNote: route({
      method: 'DELETE',
      path: '/notes/:id',
      summary: 'Remove a note.',
      access: 'user',
      params: z.object({ id: z.coerce.number().int() }),
      output: z.undefined(),
      status: 204,
      errors: [],
    }),
    getMe: route({
      method: 'GET',
      path: '/me',
      summary: 'Who I am.',
      access: 'user',
      output: z.object({ account: accountId, sessionId: z.string() }),
      errors: [],
    }),
    putFile: route({
      method: 'PUT',
      path: '/file',
      summary: 'Send bytes.',
      access: 'public',
      body: 'bytes',
      bodyLimitBytes: 10_000,
      output: z.object({ bytes: z.int(), mediaType: z.string().nullable() }),
      errors: [],
    }),
    getFile: route({
      method: 'GET',
      path: '/file',
      summary: 'Fetch bytes.',
      access: 'public',
      query: z.object({ announced: z.coerce.number().default(5) }),
      output: 'bytes',
      errors: [],
    }),
    follow: route({
      method: 'GET',
      path: '/follow',
      summary: 'Three events.',
      access: 'public',
      output: events(z.object({ worth: amount })),
      errors: [],
    }),
    forever: route({
      method: 'GET',
      path: '/forever',
      summary: 'Events without an end.',
      access: 'public',
      output: events(z.object({ worth: amount })),
      errors: [],
    }),
    misbehave: route({
      method: 'POST',
      path: '/misbehave/:how',
      summary: 'What a handler must not do.',
      access: 'public',
      params: z.object({ how: z.string() }),
      output: z.object({ n: z.int() }),
      timeoutMs: 50,
      errors: [],
    }),
  },
  publishes: {},
  consumes: {},
  stores: {},
  chain: false,
  config: {},
  secrets: {},
  size: 'small',
  pool: 'general-purpose',
  instances: 'many',
  needs: [],
})
type Toy = typeof toyService
type Of<R extends keyof Toy['routes']> = Handler<Toy, R, undefined>

export const toyErrors = defineErrors({
  ...requestErrors,
  'note.unknown': { status: 404, retry: 'never', says: 'There is no such note.' },
  'toy.later': { status: 503, retry: 'later', says: 'The toy is away.' },
})

const aNote = { id: 1, text: 'hello', worth: 5n, at: new Date('2026-01-01T00:00:00Z') }

const getNote: Of<'getNote'> = async ({ params }) =>
  params.id === 1
    ? ok(aNote)
    : refuse({ kind: 'note.unknown', detail: `No note ${params.id}.`, facts: { id: params.id } })
const listNotes: Of<'listNotes'> = async () => ok({ items: [aNote], next: null })
const putNote: Of<'putNote'> = async ({ body }) => ok(body)
const removeNote: Of<'removeNote'> = async () => ok(undefined)
const getMe: Of<'getMe'> = async (_input, { user }) => ok(user)
const putFile: Of<'putFile'> = async ({ body }) => {
  let bytes = 0
  for await (const chunk of body.stream) bytes += chunk.byteLength
  return ok({ bytes, mediaType: body.mediaType ?? null })
}
async function* hello() {
  yield Buffer.from('he')
  yield Buffer.from('llo')
}
const getFile: Of<'getFile'> = async ({ query }) =>
  ok({
    stream: hello(),
    mediaType: 'text/plain',
    lengthBytes: query.announced,
    fileName: 'Grüße "1".txt',
    etag: 'abc',
  })
const follow: Of<'follow'> = async () => {
  async function* three() {
    for (let worth = 1n; worth <= 3n; worth += 1n) yield { worth }
  }
  return ok(three())
}
const misbehave: Of<'misbehave'> = async ({ params }, { signal }) => {
  switch (params.how) {
    case 'throw':
      throw new Error('the password is hunter2')
    case 'fault':
      throw new Fault('toy.later', 'at postgres://user:hunter2@host')
    case 'passing':
      throw new Fault('unlisted.code', 'hunter2', { retry: 'later' })
    case 'output':
      return ok({ n: 1.5 })
    case 'refusal':
      return { ok: false, refusal: { kind: 'note.unknown' } as never }
    default:
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
  }
}

/** Signs what the toy server accepts. */
export const tokens = createTestTokens()

/** Builds the toy server; `lines` collects what it logs. */
export const buildToyServer = async (now: () => Date = () => new Date()) => {
  const ended = Promise.withResolvers<void>()
  const forever: Of<'forever'> = async (_input, { signal }) => {
    async function* endless() {
      yield { worth: 0n }
      await once(signal, 'abort')
      ended.resolve()
    }
    return ok(endless())
  }
  const handlers = { getNote, listNotes, putNote, removeNote, getMe, putFile, getFile, follow, forever, misbehave }
  const lines: { readonly message: string; readonly fields: Fields | undefined }[] = []
  const write = (message: string, fields?: Fields) => void lines.push({ message, fields })
  const log: Log = { debug: () => undefined, info: write, warn: write, error: write, with: () => log }
  const metrics = createMetrics('toy-service')
  const problems = createProblems(toyErrors)
  const draining = new AbortController()
  const server = await createServer(toyService, handlers as unknown as Readonly<Record<string, UntypedHandler>>, {
    ports: undefined,
    authenticate: createAuthenticate(tokens.publicKeyPem, now),
    outbox: undefined,
    problems,
    log,
    tracing: passThroughTracing,
    metrics,
    clock: now,
    draining: draining.signal,
    ending: new AbortController().signal,
    operations: {
      metrics,
      problems,
      readiness: async () => ({ ready: false, reasons: ['store db: away'] }),
      status: async () => ({ service: 'toy-service' }),
      unpark: async () => false,
    },
  })
  /** `streamEnded`: an endless stream was told that its caller is gone. */
  return { server, lines, draining, metrics, streamEnded: ended.promise }
}

export type ToyServer = Awaited<ReturnType<typeof buildToyServer>>

export const account = `eip155:31337:0x${'ab'.repeat(20)}`
