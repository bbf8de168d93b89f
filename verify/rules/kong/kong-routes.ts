import type { JsonObject, Rule } from '../../types.ts'
import { objectsOf, textsOf } from '../../values.ts'
import { declarations, type PluginUse, pluginUses } from './kongs.ts'

const authentication = new Set([
  'jwt',
  'key-auth',
  'oauth2',
  'basic-auth',
  'hmac-auth',
  'ldap-auth',
  'openid-connect',
  'mtls-auth',
  'session',
])

/** `strip_path` is true unless it is set: the paths of one route become one path. */
export const kongPathStripped: Rule = {
  id: 'kong-path-stripped',
  severity: 'error',
  about: 'No route with several paths strips them, so that its service can tell them apart.',
  check: (world) =>
    declarations(world).flatMap(({ content, source, sourcePath }) =>
      routesOf(content)
        .filter(({ strip_path, paths }) => strip_path !== false && textsOf(paths).length > 1)
        .map(({ name, paths }) => ({
          on: source,
          path: sourcePath,
          says: `Requests for ${textsOf(paths)
            .map((path) => `${path}/42`)
            .join(' and ')} will all reach the service as /42: the route ${name} takes away the path that it matched.`,
          fix: 'Set strip_path to false on the route.',
        })),
    ),
}

const routesOf = (content: JsonObject): readonly JsonObject[] => [
  ...objectsOf(content.routes),
  ...objectsOf(content.services).flatMap(({ routes }) => objectsOf(routes)),
]

/** A token is verified with the key of a consumer; without one there is no key. */
export const kongJwtWithoutConsumer: Rule = {
  id: 'kong-jwt-without-consumer',
  severity: 'error',
  about: 'Every jwt plugin has a consumer with a key that tokens can be verified with.',
  check: (world) =>
    declarations(world).flatMap(({ content, source, sourcePath }) => {
      const hasKey =
        objectsOf(content.jwt_secrets).length > 0 ||
        objectsOf(content.consumers).some(({ jwt_secrets }) => objectsOf(jwt_secrets).length > 0)
      return (hasKey ? [] : uses(content, 'jwt')).slice(0, 1).map(({ on }) => ({
        on: source,
        path: sourcePath,
        says: `Every request for ${on} will be answered with 401: the jwt plugin asks for a token and no consumer has a key to verify one with.`,
        fix: 'Declare a consumer with jwt_secrets.',
      }))
    }),
}

/** The plugin verifies no claim unless it is told to. */
export const kongJwtExpiryUnchecked: Rule = {
  id: 'kong-jwt-expiry-unchecked',
  severity: 'error',
  about: 'Every jwt plugin looks at the time at which a token expires.',
  check: (world) =>
    declarations(world).flatMap(({ content, source, sourcePath }) =>
      uses(content, 'jwt')
        .filter(({ config }) => !textsOf(config.claims_to_verify).includes('exp'))
        .map(({ on }) => ({
          on: source,
          path: sourcePath,
          says: `Tokens that have expired will be let through to ${on}: claims_to_verify does not name exp.`,
          fix: 'Set claims_to_verify to [exp].',
        })),
    ),
}

/** A service beside guarded ones that has no guard itself. */
export const kongRouteOpen: Rule = {
  id: 'kong-route-open',
  severity: 'warning',
  about: 'No service goes without authentication when its neighbours have it.',
  check: (world) =>
    declarations(world).flatMap(({ content, source, sourcePath }) => {
      const guards = pluginUses(content).filter(({ name }) => authentication.has(name))
      if (guards.some(({ level }) => level === 'global') || !guards.some(({ level }) => level === 'service')) return []
      return objectsOf(content.services)
        .filter((service) => !guarded(service))
        .map(({ name }) => ({
          on: source,
          path: sourcePath,
          says: `Anybody may call the service ${name} without a token, while ${guards[0]?.on} asks for one.`,
          fix: 'Give it the same authentication plugin, or declare the plugin on the routes that need it.',
        }))
    }),
}

const guarded = (service: JsonObject): boolean =>
  [service, ...objectsOf(service.routes)].some(({ plugins }) =>
    objectsOf(plugins).some(({ name }) => authentication.has(String(name))),
  )

/** Pages of other origins may use only the listed methods, and only where the plugin is. */
export const kongCorsNarrow: Rule = {
  id: 'kong-cors-narrow',
  severity: 'note',
  about: 'Every method that a route takes is one that its cors plugin lets other origins use.',
  check: (world) =>
    declarations(world).flatMap(({ content, source, sourcePath }) =>
      uses(content, 'cors')
        .filter(({ config }) => config.methods !== undefined && !textsOf(config.methods).includes('PATCH'))
        .map(({ on, config }) => ({
          on: source,
          path: sourcePath,
          says: `A browser will not send PATCH to ${on} from another origin: the cors plugin allows only ${textsOf(config.methods).join(', ')}.`,
          fix: 'List every method that the routes take, or leave methods out for all of them.',
        })),
    ),
}

/** One service of a page's API that answers preflights and another that does not. */
export const kongCorsUneven: Rule = {
  id: 'kong-cors-uneven',
  severity: 'warning',
  about: 'Every service answers the browsers of other origins when some do.',
  check: (world) =>
    declarations(world).flatMap(({ content, source, sourcePath }) => {
      const all = uses(content, 'cors')
      const first = all.find(({ level }) => level === 'service')
      if (first === undefined || all.some(({ level }) => level === 'global')) return []
      return objectsOf(content.services)
        .filter((service) => !uses({ services: [service] }, 'cors').length)
        .map(({ name }) => ({
          on: source,
          path: sourcePath,
          says: `Browsers will refuse the answers of the service ${name} to pages of another origin: the cors plugin is only on ${first.on}.`,
          fix: 'Declare the cors plugin once at the top level.',
        }))
    }),
}

const uses = (content: JsonObject, plugin: string): readonly PluginUse[] =>
  pluginUses(content).filter(({ name }) => name === plugin)
