import { DEFAULT_BODY_LIMIT_BYTES, type PlatformShape, type RouteShape } from '@knowton/core'
import type * as z from 'zod'
import { type DeclaredRoute, isEvents } from '../routes.ts'
import { exampleOf } from './example.ts'
import { problemType, type RouteError, routeErrors } from './route-errors.ts'
import { type JsonSchema, wireSchema } from './wire-schema.ts'

export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: JsonSchema
}
export type MediaType = {
  readonly schema?: JsonSchema | { readonly $ref: string }
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}
export type Response = {
  readonly description: string
  readonly headers?: Readonly<Record<string, unknown>>
  readonly content?: Readonly<Record<string, MediaType>>
}
export type Operation = {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters: readonly Parameter[]
  readonly requestBody?: {
    readonly required: true
    readonly description: string
    readonly content: Readonly<Record<string, MediaType>>
  }
  readonly responses: Readonly<Record<string, Response>>
}

/** One declared route as an OpenAPI operation. */
export const operation = (platform: PlatformShape, { service, name, route }: DeclaredRoute): Operation => ({
  operationId: name,
  summary: route.summary,
  tags: [service.name],
  security: route.access === 'user' ? [{ accessToken: [] }] : [],
  parameters: [
    ...parametersIn('path', route.params),
    ...parametersIn('query', route.query),
    ...parametersIn('header', route.headers),
    ...(route.idempotent ? [idempotencyKey] : []),
  ],
  ...(route.body === undefined ? {} : { requestBody: requestBody(route.body, route.bodyLimitBytes) }),
  responses: { [String(route.status ?? 200)]: success(route), ...problems(routeErrors(platform, route)) },
})

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'Chosen by the caller, 1 to 200 visible ASCII characters; one for each thing that is to happen once.',
  schema: { type: 'string', minLength: 1, maxLength: 200, examples: ['7c9e6679-7425-40de-944b-e07fc1f90ae7'] },
}

const parametersIn = (place: Parameter['in'], schema: z.ZodType | undefined): readonly Parameter[] => {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = wireSchema(schema)
  return Object.entries(properties).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(part.description === undefined ? {} : { description: part.description }),
    schema: part,
  }))
}

const requestBody = (body: z.ZodType | 'bytes', limitBytes = DEFAULT_BODY_LIMIT_BYTES) => ({
  required: true as const,
  description: `At most ${sizeText(limitBytes)}.`,
  content: body === 'bytes' ? { 'application/octet-stream': {} } : { 'application/json': typed(body) },
})

const sizeText = (bytes: number): string => {
  const units = ['bytes', 'KiB', 'MiB', 'GiB']
  const at = units.findLastIndex((_, power) => bytes % 1024 ** power === 0)
  return `${bytes / 1024 ** at} ${units[at]}`
}

const typed = (schema: z.ZodType): MediaType => {
  const wire = wireSchema(schema)
  return { schema: wire, example: exampleOf(wire) }
}

const success = ({ output, status, summary }: RouteShape): Response => {
  const headers = { 'X-Request-Id': { description: 'The id of the request.', schema: { type: 'string' } } }
  if (status === 204) return { description: summary, headers }
  if (output === 'bytes') return { description: 'The bytes.', headers, content: { '*/*': {} } }
  if (!isEvents(output)) return { description: summary, headers, content: { 'application/json': typed(output) } }
  const { schema, example } = typed(output.data)
  return {
    description: 'A stream of server-sent events; `data` of each is JSON of this schema.',
    headers,
    content: {
      'text/event-stream': {
        ...(schema === undefined ? {} : { schema }),
        example: `data: ${JSON.stringify(example)}\n\n`,
      },
    },
  }
}

const problems = (errors: readonly RouteError[]): Readonly<Record<string, Response>> =>
  Object.fromEntries(
    [...Map.groupBy(errors, ({ status }) => String(status))].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map(({ code, says }) => `\`${code}\`: ${says}`).join('\n\n'),
        ...(ofStatus.some(({ retry }) => retry === 'later') ? { headers: retryAfter } : {}),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(ofStatus.map((error) => [error.code, { value: problemExample(error) }])),
          },
        },
      },
    ]),
  )

const retryAfter = {
  'Retry-After': { description: 'Seconds until trying again can help.', schema: { type: 'integer' } },
}

const problemExample = ({ code, status, says }: RouteError) => ({
  type: problemType(code),
  title: says,
  status,
  code,
  instance: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
})
