import type { PlatformShape, ServiceShape } from '@knowton/core'
import { clientSystemNames, isSettingKey, storeVariableOf, systemVariables, variableOf } from '@knowton/core'
import { databaseName } from '../plan/databases.ts'
import { listed, repeated } from './repeated.ts'

/** Variables that every process has besides its own. */
const TAKEN = [
  'HOST',
  'PORT',
  'LOG_LEVEL',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'ACCESS_TOKEN_PUBLIC_KEY',
  'EVENT_SOURCES',
  ...clientSystemNames.flatMap(systemVariables),
]

export const serviceFaults = (platform: PlatformShape): readonly string[] => [
  ...Object.entries(platform.services)
    .filter(([name, service]) => service.name !== name)
    .map(([name, service]) => `The service under "${name}" calls itself "${service.name}".`),
  ...repeated(Object.values(platform.services), ({ name }) => databaseName(name)).map(
    ({ shared, items }) => `Services ${listed(items.map(({ name }) => name))} would share the database "${shared}".`,
  ),
  ...Object.values(platform.services).flatMap(faultsOf),
]

const faultsOf = (service: ServiceShape): readonly string[] => {
  const kinds = Object.values(service.stores).map((store) => store.kind)
  const databases = kinds.filter((kind) => kind === 'postgres').length
  const speaks = Object.keys({ ...service.publishes, ...service.consumes }).length > 0
  return [
    ...(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(service.name) ? [] : ['its name is not in kebab-case']),
    ...(databases > 1 ? ['it declares more than one PostgreSQL store, and a service has one database'] : []),
    ...(speaks && databases === 0 ? ['it publishes or consumes, and has no PostgreSQL store to do that in'] : []),
    ...variableFaults(service),
  ].map((fault) => `Service "${service.name}": ${fault}.`)
}

const variableFaults = (service: ServiceShape): readonly string[] => {
  const variables = [
    ...TAKEN.map((variable) => ({ variable, key: variable })),
    ...Object.keys(service.stores).map((key) => ({ variable: storeVariableOf(key), key })),
    ...[...Object.keys(service.config), ...Object.keys(service.secrets)].map((key) => ({
      variable: variableOf(key),
      key,
    })),
  ]
  const keys = [service.stores, service.config, service.secrets].flatMap((declared) => Object.keys(declared))
  return [
    ...keys
      .filter((key) => !isSettingKey(key))
      .map((key) => `"${key}" is not in lower camel case with abbreviations as words, as in "rpcUrl"`),
    ...repeated(variables, ({ variable }) => variable).map(
      ({ shared, items }) => `${listed(items.map(({ key }) => key))} would both be read from ${shared}`,
    ),
  ]
}
