import type { ServiceShape } from '@knowton/core'
import { variableOf } from '@knowton/core'
import { databaseName } from '../../plan/databases.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Manifest } from '../manifest.ts'
import { installationKeys, postgresEntry } from '../secrets/entries.ts'
import { externalSecret } from '../secrets/external-secret.ts'
import type { SecretEntry } from '../systems/system.ts'

/** A variable's place in the secret manager. */
export type SecretSource = { readonly entry: SecretEntry; readonly property: string }

/** The Secret of a service; its keys are the names of variables. */
export const serviceSecretName = (service: ServiceShape): string => service.name

/** The variable that holds the password of a service's database role. */
export const POSTGRES_PASSWORD = 'POSTGRES_PASSWORD'

/** Every secret-backed variable of a service, in the order in which its container has them. */
export const secretVariables = (
  service: ServiceShape,
  environment: ClusterEnvironment,
): Readonly<Record<string, SecretSource>> => {
  const kinds = Object.values(service.stores).map(({ kind }) => kind)
  const hasUsers = Object.values(service.routes).some(({ access }) => access === 'user')
  return {
    ...(kinds.includes('postgres')
      ? { [POSTGRES_PASSWORD]: { entry: postgresEntry(databaseName(service.name)), property: 'password' } }
      : {}),
    ...(kinds.includes('clickhouse') ? { CLICKHOUSE_PASSWORD: { entry: 'clickhouse', property: 'password' } } : {}),
    ...(service.needs.includes('cache') ? { REDIS_PASSWORD: { entry: 'redis', property: 'password' } } : {}),
    ...(service.needs.includes('vectors') ? { WEAVIATE_API_KEY: { entry: 'weaviate', property: 'apiKey' } } : {}),
    ...(hasUsers ? { ACCESS_TOKEN_PUBLIC_KEY: { entry: 'platform', property: 'accessTokenPublicKey' } } : {}),
    ...named(Object.keys(service.secrets), 'platform'),
    ...named(installationKeys(service, environment), 'installation'),
  }
}

const named = (keys: readonly string[], entry: SecretEntry): Readonly<Record<string, SecretSource>> =>
  Object.fromEntries(keys.map((key) => [variableOf(key), { entry, property: key }]))

/** The ExternalSecret of a service; none when it has no secret at all. */
export const serviceSecret = (environment: ClusterEnvironment, service: ServiceShape): readonly Manifest[] => {
  const from = secretVariables(service, environment)
  if (Object.keys(from).length === 0) return []
  return [
    externalSecret(environment, {
      name: serviceSecretName(service),
      namespace: environment.namespaces.apps,
      component: service.name,
      from,
    }),
  ]
}
