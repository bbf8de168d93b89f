import type { Rule } from '../../types.ts'
import { isSwitchedOn, modulesOf, pathOf, weaviates } from './weaviates.ts'

const schemes = [
  'AUTHENTICATION_APIKEY_ENABLED',
  'AUTHENTICATION_OIDC_ENABLED',
  'AUTHENTICATION_DB_USERS_ENABLED',
] as const

const ANONYMOUS = 'AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED'

/** Weaviate refuses to start when nobody could sign in (usecases/config/authentication.go). */
export const weaviateAuthenticationMissing: Rule = {
  id: 'weaviate-authentication-missing',
  severity: 'error',
  about: 'Every Weaviate that turns anonymous users away has another way to sign in.',
  check: (world) =>
    weaviates(world)
      .filter((weaviate) => {
        const isAnonymousOff = weaviate.environment.variables.get(ANONYMOUS)?.value === 'false'
        return isAnonymousOff && !schemes.some((scheme) => isSwitchedOn(weaviate, scheme))
      })
      .map((weaviate) => ({
        on: weaviate.group.owner,
        path: pathOf(weaviate, ANONYMOUS),
        says: 'Weaviate will exit at every start with "no authentication scheme configured": anonymous access is off and neither API keys nor OIDC are on.',
        fix: 'Set AUTHENTICATION_APIKEY_ENABLED with keys and users from a Secret.',
      })),
}

/** Anonymous access is on where nothing else is said. */
export const weaviateAnonymous: Rule = {
  id: 'weaviate-anonymous',
  severity: 'error',
  about: 'No Weaviate lets everybody read and change everything.',
  check: (world) =>
    weaviates(world)
      .filter((weaviate) => {
        const isSilent = !weaviate.environment.variables.has(ANONYMOUS)
        return isSwitchedOn(weaviate, ANONYMOUS) || (isSilent && !schemes.some((name) => isSwitchedOn(weaviate, name)))
      })
      .map((weaviate) => ({
        on: weaviate.group.owner,
        path: pathOf(weaviate, ANONYMOUS),
        says: 'Every pod that reaches this one may read, change and delete every collection: anonymous access is on.',
        fix: `Set ${ANONYMOUS} to false and AUTHENTICATION_APIKEY_ENABLED to true.`,
      })),
}

/** Where the keys of modules are read from. */
const keys: readonly { readonly module: RegExp; readonly variable: string }[] = [
  { module: /openai/, variable: 'OPENAI_APIKEY' },
  { module: /cohere/, variable: 'COHERE_APIKEY' },
  { module: /huggingface/, variable: 'HUGGINGFACE_APIKEY' },
]

/** A vectorizer of somebody else's wants a key. */
export const weaviateModuleKeyMissing: Rule = {
  id: 'weaviate-module-key-missing',
  severity: 'warning',
  about: 'Every Weaviate module that calls a service is given its key.',
  check: (world) =>
    weaviates(world).flatMap((weaviate) =>
      keys
        .filter(({ module, variable }) => {
          const isUsed = modulesOf(weaviate).some((name) => module.test(name))
          return isUsed && !weaviate.environment.variables.has(variable)
        })
        .map(({ variable }) => ({
          on: weaviate.group.owner,
          path: pathOf(weaviate, 'ENABLE_MODULES'),
          says: `Every import and search that must make a vector fails unless the caller sends a key of its own: ${variable} is not set.`,
          fix: `Take ${variable} from a Secret, or switch the module off.`,
        })),
    ),
}
