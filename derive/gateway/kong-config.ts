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
  /** Left out = one gateway, which counts alone. */
  readonly rateLimits?: RateLimits
  /** The world comes by TLS alone: a token must never cross it in the clear. */
  readonly tlsOnly?: true
}

/** How several gateways keep one limit. */
export type RateLimits =
  /** Each counts alone, so each gets its share. */
  | { readonly kind: 'shared-out'; readonly gateways: number }
  /** All count in one Redis, over TLS with a certificate for `host`; `password` may be a reference to a vault. */
  | { readonly kind: 'redis'; readonly host: string; readonly port: number; readonly password: string }

export type KongPlugin = { readonly name: string; readonly config: Readonly<Record<string, unknown>> }
export type KongRoute = {
  readonly name: string
  readonly protocols: readonly ('http' | 'https')[]
  /** What a request over another protocol is answered with. */
  readonly https_redirect_status_code?: 426
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

/** How long a request may wait to be counted; then it is let through. */
const REDIS_TIMEOUT_MS = 500

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
    ...(resources.tlsOnly ? [strictTransport] : []),
  ],
})

/** Browsers that came once do not even ask without TLS for a year. */
const strictTransport: KongPlugin = {
  name: 'response-transformer',
  config: { add: { headers: ['Strict-Transport-Security: max-age=31536000'] } },
}

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
  resources: KongResources,
): KongService => {
  const [first] = routes
  const service = first?.service.name ?? name
  const timeoutMs = first === undefined ? DEFAULT_TIMEOUT_MS : timeoutOf(first)
  return {
    name,
    url: resources.upstreams[service] ?? `http://${service}`,
    connect_timeout: CONNECT_TIMEOUT_MS,
    write_timeout: timeoutMs,
    read_timeout: timeoutMs,
    retries: 1,
    plugins: [
      rateLimiting(environment.services[service]?.requestsPerMinute, resources.rateLimits),
      bodyLimit(DEFAULT_BODY_LIMIT_BYTES),
    ],
    routes: routes.map((route) => kongRoute(route, resources)),
  }
}

const rateLimiting = (requestsPerMinute: number | undefined, store?: RateLimits): KongPlugin => ({
  name: 'rate-limiting',
  config: {
    minute: store?.kind === 'shared-out' ? shareOf(requestsPerMinute, store.gateways) : requestsPerMinute,
    ...(store?.kind === 'redis' ? { policy: 'redis', redis: redisConfig(store) } : { policy: 'local' }),
    // all access tokens belong to one Kong consumer, so counting by consumer would count everyone together
    limit_by: 'ip',
    fault_tolerant: true,
    hide_client_headers: false,
  },
})

const shareOf = (requestsPerMinute: number | undefined, gateways: number): number | undefined =>
  requestsPerMinute === undefined ? undefined : Math.max(1, Math.floor(requestsPerMinute / gateways))

const redisConfig = ({ host, port, password }: Extract<RateLimits, { readonly kind: 'redis' }>) => ({
  host,
  port,
  password,
  ssl: true,
  ssl_verify: true,
  server_name: host,
  timeout: REDIS_TIMEOUT_MS,
})

const kongRoute = ({ service, name, route, path }: DeclaredRoute, { tlsOnly }: KongResources): KongRoute => ({
  name: `${service.name}-${kebab(name)}`,
  ...(tlsOnly ? { protocols: ['https'], https_redirect_status_code: 426 } : { protocols: ['http', 'https'] }),
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
