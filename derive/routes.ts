import type { EventsOutput, PlatformShape, RouteShape, ServiceShape } from '@knowton/core'

/** All declared paths lie under this prefix. */
export const API_PREFIX = '/api/v1'

/** A declared route with where it stands. */
export type DeclaredRoute = {
  readonly service: ServiceShape
  readonly name: string
  readonly route: RouteShape
  /** From the root, parameters as `:name`. */
  readonly path: string
}

/** Every declared route of the platform. */
export const declaredRoutes = (platform: PlatformShape): readonly DeclaredRoute[] =>
  Object.values(platform.services).flatMap((service) =>
    Object.entries(service.routes).map(([name, route]) => ({
      service,
      name,
      route,
      path: `${API_PREFIX}${route.path}`,
    })),
  )

/** The routes that the world may call, through the gateway. */
export const publicRoutes = (platform: PlatformShape): readonly DeclaredRoute[] =>
  declaredRoutes(platform).filter(({ route }) => route.access !== 'internal')

/** `placeOrder` → `place-order`. */
export const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** True when a route answers with server-sent events. */
export const isEvents = (output: RouteShape['output']): output is EventsOutput =>
  typeof output === 'object' && 'kind' in output && output.kind === 'events'
