import { Pool } from 'undici'
import type { KongFile, KongFileService } from './declared.ts'
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts'

/** A route with everything that a request on it needs, worked out once. */
export type GatewayRoute = {
  readonly name: string
  readonly service: string
  readonly methods: readonly string[]
  readonly pattern: RegExp
  readonly priority: number
  readonly upstream: Pool
  readonly upstreamHost: string
  readonly readTimeoutMs: number
  readonly retries: number
  readonly needsToken: boolean
  /** Read the body whole before the service gets any of it. */
  readonly buffersBody: boolean
  readonly bodyLimitBytes: number
  readonly limiter: RateLimiter | undefined
}

/** Finds the route of a request. */
export type Router = {
  readonly find: (method: string, path: string) => GatewayRoute | undefined
  /** The methods that some route takes at this path. */
  readonly methodsAt: (path: string) => readonly string[]
  readonly close: () => Promise<void>
}

/** Kong's router on regex paths: of the routes that fit, the one with the highest priority. */
export const createRouter = (file: KongFile): Router => {
  const pools = file.services.map((service) => ({ service, pool: poolOf(service) }))
  const routes = pools
    .flatMap(({ service, pool }) => routesOf(service, pool))
    .sort((one, other) => other.priority - one.priority)
  const methods = [...new Set(routes.flatMap((route) => route.methods))]
  const byMethod = new Map(methods.map((method) => [method, routes.filter((route) => route.methods.includes(method))]))
  return {
    find: (method, path) => byMethod.get(method)?.find(({ pattern }) => pattern.test(path)),
    methodsAt: (path) => [
      ...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods)),
    ],
    close: async () => {
      await Promise.all(pools.map(({ pool }) => pool.close()))
    },
  }
}

const poolOf = (service: KongFileService): Pool =>
  new Pool(new URL(service.url).origin, {
    connect: { timeout: service.connect_timeout },
    headersTimeout: service.read_timeout,
    bodyTimeout: service.read_timeout,
    keepAliveTimeout: 30_000,
    pipelining: 1,
  })

const routesOf = (service: KongFileService, upstream: Pool): readonly GatewayRoute[] => {
  const perMinute = service.plugins.find((plugin) => plugin.name === 'rate-limiting')?.config.minute
  const limiter = perMinute === undefined ? undefined : createRateLimiter(perMinute)
  return service.routes.map((route) => {
    // the plugin of a route takes the place of its service's
    const sizes = [...route.plugins, ...service.plugins].filter((plugin) => plugin.name === 'request-size-limiting')
    return {
      name: route.name,
      service: service.name,
      methods: route.methods,
      pattern: new RegExp(route.paths.map((path) => `^(?:${path.slice(1)})`).join('|')),
      priority: route.regex_priority,
      upstream,
      upstreamHost: new URL(service.url).host,
      readTimeoutMs: service.read_timeout,
      retries: service.retries,
      needsToken: route.plugins.some((plugin) => plugin.name === 'jwt'),
      buffersBody: route.request_buffering,
      bodyLimitBytes: sizes[0]?.config.allowed_payload_size ?? Number.POSITIVE_INFINITY,
      limiter,
    }
  })
}
