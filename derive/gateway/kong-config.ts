import { DEFAULT_BODY_LIMIT_BYTES, DEFAULT_TIMEOUT_MS, type PlatformShape } from '@knowton/core'
import type { Environment } from '../environment.ts'
import { type DeclaredRoute, isEvents, kebab, publicRoutes } from '../routes.ts'
import { routePattern, routePriority } from './route-pattern.ts'

/** What the gateway needs besides the platform and the environment. */
export type KongResources = {
  /** SPKI PEM of the P-256 key that access tokens are verified with, or a reference to a vault that holds it. */
  readonly accessTokenPublicKey: string
  /** The platform's own origins; their pages may call the API. */
  readonly publicOrigins: readonly string[]
  /** By service name, without a path. */
  readonly upstreams: Readonly<Record<string, string>>
}

export type KongPlugin = { readonly name: string; readonly config: Readonly<Record<string, unknown>> }
export type KongRoute = {
  readonly name: string
  readonly protocols: readonly ('http' | 'https')[]
  readonly methods: readonly string[]
  readonly paths: readonly string[]
  readonly regex_priority: number
  readonly strip_path: false
  readonly preserve_host: false
  readonly request_buffering: boolean
  readonly response_buffering: boolean
  readonly plugins: readonly KongPlugin[]
}
export type KongService = {
  readonly name: string
  readonly url: string
  readonly connect_timeout: number
  readonly write_timeout: number
  readonly read_timeout: number
  readonly retries: number
  readonly plugins: readonly KongPlugin[]
  readonly routes: readonly KongRoute[]
}

/** A declarative configuration of Kong 3.9, as it stands in `kong.yml`. */
export type KongConfig = {
  readonly _format_version: '3.0'
  readonly services: readonly KongService[]
  readonly consumers: readonly {
    readonly username: string
    readonly jwt_secrets: readonly {
      readonly key: string
      readonly algorithm: 'ES256'
      readonly rsa_public_key: string
    }[]
  }[]
  readonly plugins: readonly KongPlugin[]
}

/** The issuer and audience of access tokens; Kong finds the key of a token by its issuer. */
export const TOKEN_ISSUER = 'knowton'

/** How long a connection to a service may take to open. */
const CONNECT_TIMEOUT_MS = 2_000

/**
 * The gateway's configuration: exactly the declared non-internal routes. Kong keeps time limits on services, not on
 * routes, so the routes of a service that wait longer than usual stand under a Kong service of their own,
 * `creator-service-3600s` beside `creator-service`; each of the two counts its own requests.
 */
export const kongConfig = (
  platform: PlatformShape,
  environment: Environment,
  resources: KongResources,
): KongConfig => ({
  _format_version: '3.0',
  services: [...Map.groupBy(publicRoutes(platform), kongServiceName)].map(([name, routes]) =>
    kongService(name, routes, environment, resources),
  ),
  consumers: [
    {
      username: TOKEN_ISSUER,
      jwt_secrets: [{ key: TOKEN_ISSUER, algorithm: 'ES256', rsa_public_key: resources.accessTokenPublicKey }],
    },
  ],
  plugins: [
    { name: 'correlation-id', config: { header_name: 'X-Request-Id', generator: 'uuid', echo_downstream: true } },
    { name: 'cors', config: corsConfig([...resources.publicOrigins, ...environment.corsOrigins]) },
    {
      name: 'prometheus',
      config: { per_consumer: false, status_code_metrics: true, latency_metrics: true, bandwidth_metrics: false },
    },
  ],
})

const timeoutOf = ({ route }: DeclaredRoute): number => route.timeoutMs ?? DEFAULT_TIMEOUT_MS

const kongServiceName = (declared: DeclaredRoute): string => {
  const timeoutMs = timeoutOf(declared)
  if (timeoutMs === DEFAULT_TIMEOUT_MS) return declared.service.name
  return `${declared.service.name}-${timeoutMs % 1000 === 0 ? `${timeoutMs / 1000}s` : `${timeoutMs}ms`}`
}

const kongService = (
  name: string,
  routes: readonly DeclaredRoute[],
  environment: Environment,
  { upstreams }: KongResources,
): KongService => {
  const [first] = routes
  const service = first?.service.name ?? name
  const timeoutMs = first === undefined ? DEFAULT_TIMEOUT_MS : timeoutOf(first)
  return {
    name,
    url: upstreams[service] ?? `http://${service}`,
    connect_timeout: CONNECT_TIMEOUT_MS,
    write_timeout: timeoutMs,
    read_timeout: timeoutMs,
    retries: 1,
    plugins: [
      {
        name: 'rate-limiting',
        config: {
          minute: environment.services[service]?.requestsPerMinute,
          policy: 'local',
          // all access tokens belong to one Kong consumer, so counting by consumer would count everyone together
          limit_by: 'ip',
          fault_tolerant: true,
          hide_client_headers: false,
        },
      },
      bodyLimit(DEFAULT_BODY_LIMIT_BYTES),
    ],
    routes: routes.map(kongRoute),
  }
}

const kongRoute = ({ service, name, route, path }: DeclaredRoute): KongRoute => ({
  name: `${service.name}-${kebab(name)}`,
  protocols: ['http', 'https'],
  // a preflight reaches the cors plugin only on a route that takes it
  methods: [route.method, 'OPTIONS'],
  paths: [routePattern(path)],
  regex_priority: routePriority(path),
  strip_path: false,
  preserve_host: false,
  request_buffering: route.body !== 'bytes',
  response_buffering: route.output !== 'bytes' && !isEvents(route.output),
  plugins: [
    ...(route.access === 'user' ? [verifyToken()] : []),
    ...(route.bodyLimitBytes === undefined ? [] : [bodyLimit(route.bodyLimitBytes)]),
  ],
})

const verifyToken = (): KongPlugin => ({
  name: 'jwt',
  config: {
    key_claim_name: 'iss',
    claims_to_verify: ['exp'],
    header_names: ['authorization'],
    // a token in an address ends up in logs and histories
    uri_param_names: [],
    cookie_names: [],
    secret_is_base64: false,
    run_on_preflight: false,
  },
})

const bodyLimit = (bytes: number): KongPlugin => ({
  name: 'request-size-limiting',
  config: { allowed_payload_size: bytes, size_unit: 'bytes', require_content_length: false },
})

const corsConfig = (origins: readonly string[]) => ({
  origins: [...new Set(origins)],
  methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  headers: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-None-Match', 'Last-Event-ID', 'X-Request-Id'],
  exposed_headers: [
    'Content-Disposition',
    'ETag',
    'Idempotency-Replayed',
    'RateLimit-Limit',
    'RateLimit-Remaining',
    'RateLimit-Reset',
    'Retry-After',
    'X-Request-Id',
  ],
  credentials: false,
  max_age: 3600,
  preflight_continue: false,
})
