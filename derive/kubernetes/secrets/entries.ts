import type { PlatformShape, ServiceShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Cluster, SecretEntries, SecretEntry, SecretValue } from '../systems/system.ts'

/** The name of an entry in the secret manager; letters, digits and dashes only, which every cloud takes. */
export const secretEntryName = (environment: ClusterEnvironment, entry: SecretEntry): string =>
  `knowton-${environment.name}-${entry}`

/** The entry that holds the password of a database role. */
export const postgresEntry = (role: string): SecretEntry => `postgres-${role.replaceAll('_', '-')}`

/** Everything that the secret manager of an installation has to hold. */
export const secretEntries = (cluster: Cluster): SecretEntries => ({
  platform: {
    ...Object.fromEntries(Object.values(cluster.platform.services).flatMap(declaredSecrets)),
    accessTokenPublicKey: { kind: 'signing-key', pair: 'accessToken', half: 'public' },
  },
  installation: installationValues(cluster.platform, cluster.environment),
  ...Object.assign({}, ...cluster.systems.map((system) => system.secrets(cluster))),
})

const declaredSecrets = (service: ServiceShape): readonly (readonly [string, SecretValue])[] =>
  Object.keys(service.secrets).map((key) => [key, secretValue(key)])

const secretValue = (key: string): SecretValue => {
  if (key === 'accessTokenKey') return { kind: 'signing-key', pair: 'accessToken', half: 'private' }
  if (key === 'relayerKey') return { kind: 'chain-key' }
  return { kind: 'supplied', what: `the declared secret "${key}"` }
}

/** Declared settings that neither have a default nor a value in the environment: addresses of this installation. */
export const installationKeys = (service: ServiceShape, environment: ClusterEnvironment): readonly string[] =>
  Object.entries(service.config)
    .filter(([key, schema]) => environmentValue(environment, service, key) === undefined && isRequired(schema))
    .map(([key]) => key)

/** What the environment itself says of a declared setting. */
export const environmentValue = (
  environment: ClusterEnvironment,
  service: ServiceShape,
  key: string,
): string | undefined =>
  environment.services[service.name]?.config[key] ??
  (key === 'publicOrigin' ? `https://${environment.domain}` : undefined)

const isRequired = (schema: ServiceShape['config'][string]): boolean => !schema.safeParse(undefined).success

const installationValues = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
): Readonly<Record<string, SecretValue>> =>
  Object.fromEntries(
    Object.values(platform.services)
      .flatMap((service) => installationKeys(service, environment))
      .map((key): [string, SecretValue] => [key, { kind: 'supplied', what: `the setting "${key}" of the services` }]),
  )
