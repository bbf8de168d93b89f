import type { ErrorTable, PlatformShape } from '@knowton/core'
import * as z from 'zod'
import { MAX_SEGMENTS, overlaps, parametersOf, segmentsOf } from '../gateway/route-pattern.ts'
import { type DeclaredRoute, declaredRoutes, isEvents } from '../routes.ts'
import { listed, repeated } from './repeated.ts'

export const routeFaults = (platform: PlatformShape): readonly string[] => {
  const routes = declaredRoutes(platform)
  return [
    ...repeated(routes, ({ route, path }) => `${route.method} ${path.replaceAll(/:\w+/g, ':')}`).map(
      ({ items }) =>
        `Routes ${listed(items.map(fullName))} take the same requests: ${items[0]?.route.method} ${items[0]?.path}.`,
    ),
    ...repeated(routes, ({ name }) => name).map(
      ({ shared, items }) =>
        `Services ${listed(items.map(({ service }) => service.name))} both have a route called "${shared}", and the API names its operations by it.`,
    ),
    ...internalFaults(routes),
    ...routes.flatMap((declared) =>
      [
        ...pathFaults(declared),
        ...methodFaults(declared),
        ...bodyFaults(declared),
        ...errorFaults(declared, platform.errors),
      ].map((fault) => `Route "${fullName(declared)}": ${fault}.`),
    ),
  ]
}

const fullName = ({ service, name }: DeclaredRoute): string => `${service.name}.${name}`

/** The gateway would hand a request for the internal route on under the public one, and the service would answer it. */
const internalFaults = (routes: readonly DeclaredRoute[]): readonly string[] =>
  routes
    .filter(({ route }) => route.access === 'internal')
    .flatMap((internal) =>
      routes
        .filter(({ route }) => route.access !== 'internal' && route.method === internal.route.method)
        .filter(({ path }) => overlaps(path, internal.path))
        .map((open) => `Internal route "${fullName(internal)}" can be reached through "${fullName(open)}".`),
    )

const pathFaults = ({ route, path }: DeclaredRoute): readonly string[] => {
  const inPath = parametersOf(path)
  const declared = route.params instanceof z.ZodObject ? Object.keys(route.params.shape) : []
  return [
    ...(/^(\/(:[a-z][A-Za-z0-9]*|[a-z0-9][a-z0-9.-]*))+$/.test(route.path)
      ? []
      : [`its path "${route.path}" is not made of lower-case parts and :parameters`]),
    ...(segmentsOf(path).length > MAX_SEGMENTS ? [`its path has more than ${MAX_SEGMENTS} parts`] : []),
    ...repeated(inPath, (name) => name).map(({ shared }) => `its path has the parameter "${shared}" twice`),
    ...inPath.filter((name) => !declared.includes(name)).map((name) => `its path has ":${name}", which params lacks`),
    ...declared.filter((name) => !inPath.includes(name)).map((name) => `params has "${name}", which its path lacks`),
  ]
}

const methodFaults = ({ route }: DeclaredRoute): readonly string[] => [
  ...(route.method === 'GET' && route.idempotent ? ['a GET needs no idempotency key'] : []),
  ...(route.method === 'GET' && route.body !== undefined ? ['a GET has no body'] : []),
  ...(route.method !== 'GET' && isEvents(route.output) ? ['only a GET can answer with server-sent events'] : []),
  ...(route.idempotent && route.access !== 'user'
    ? ['an idempotency key belongs to an account, so access must be user']
    : []),
  ...(route.idempotent && (route.body === 'bytes' || route.output === 'bytes')
    ? ['an answer to or of bytes cannot be kept for a repeated key']
    : []),
]

const bodyFaults = ({ route }: DeclaredRoute): readonly string[] => [
  ...(route.body === 'bytes' && route.bodyLimitBytes === undefined ? ['it takes bytes without a limit'] : []),
  ...(route.body === undefined && route.bodyLimitBytes !== undefined ? ['it limits a body that it does not take'] : []),
  ...(isPositive(route.bodyLimitBytes) ? [] : ['its body limit is not a positive whole number of bytes']),
  ...(isPositive(route.timeoutMs) ? [] : ['its timeout is not a positive whole number of milliseconds']),
]

const isPositive = (value: number | undefined): boolean => value === undefined || (Number.isInteger(value) && value > 0)

const errorFaults = ({ route }: DeclaredRoute, table: ErrorTable): readonly string[] => [
  ...route.errors.filter((code) => !(code in table)).map((code) => `"${code}" is not in the error table`),
  ...repeated(route.errors, (code) => code).map(({ shared }) => `it names "${shared}" twice`),
]
