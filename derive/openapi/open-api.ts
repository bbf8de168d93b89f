import type { PlatformShape } from '@knowton/core'
import { publicRoutes } from '../routes.ts'
import { type Operation, operation } from './operation.ts'
import type { JsonSchema } from './wire-schema.ts'

/** An OpenAPI 3.1 description. */
export type OpenApi = {
  readonly openapi: '3.1.1'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, unknown>>
    readonly schemas: Readonly<Record<string, JsonSchema>>
  }
}

const ABOUT =
  'Money is a decimal string of base units. Times are RFC 3339 in UTC. Addresses and hashes are lower-case hex; ' +
  'accounts are CAIP-10. A refusal or failure is a problem document (RFC 9457) whose `code` is stable. ' +
  'A route that creates or moves value wants an `Idempotency-Key`: the same key with the same request gets the same answer.'

/** Describes every route that the gateway serves. */
export const openApi = (platform: PlatformShape, server = '/'): OpenApi => ({
  openapi: '3.1.1',
  info: { title: `${platform.name} API`, version: platform.version, description: ABOUT },
  servers: [{ url: server }],
  tags: Object.values(platform.services).map(({ name, summary }) => ({ name, description: summary })),
  paths: Object.fromEntries(
    [...Map.groupBy(publicRoutes(platform), ({ path }) => openApiPath(path))].map(([path, routes]) => [
      path,
      Object.fromEntries(
        routes.map((declared) => [declared.route.method.toLowerCase(), operation(platform, declared)]),
      ),
    ]),
  ),
  components: {
    securitySchemes: {
      accessToken: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'The access token that signing in answers with (ES256).',
      },
    },
    schemas: { Problem: problemSchema },
  },
})

/** `/works/:workId` → `/works/{workId}`. */
const openApiPath = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}')

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string', description: 'what the code means' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'stable, `area.reason`' },
    detail: { type: 'string', description: 'a sentence on this very case' },
    instance: { type: 'string', description: 'the id of the request' },
    faults: {
      type: 'array',
      description: 'what is wrong with the shape of the request',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
    facts: { type: 'object', description: 'figures on this very case' },
  },
}
