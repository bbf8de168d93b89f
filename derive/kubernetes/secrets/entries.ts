import type { PlatformShape, ServiceShape } from '@knowton/core'
import { databasePlans } from '../../plan/databases.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'

/** An entry of the secret manager: a JSON object of properties. */
export type SecretEntry =
  | 'platform'
  | 'installation'
  | `postgres-${string}`
  | 'clickhouse'
  | 'redis'
  | 'rate-limits'
  | 'weaviate'
  | 'grafana'
  | 'alertmanager'
  | 'object-store'
  | 'openai'

/** How the value of a property comes to be. */
export type SecretValue =
  | { readonly kind: 'fixed'; readonly value: string }
  /** 48 hex digits, so that it may stand in a URL as it is. */
  | { readonly kind: 'password' }
  /** 0x and 64 hex digits, a secp256k1 private key. */
  | { readonly kind: 'chain-key' }
  /** PKCS #8 PEM of a P-256 key; `half` of the same pair under another property. */
  | { readonly kind: 'signing-key'; readonly pair: string; readonly half: 'private' | 'public' }
  /** Only the operator knows it; `what` says what to enter. */
  | { readonly kind: 'supplied'; readonly what: string }

export type SecretEntries = Readonly<Partial<Record<SecretEntry, Readonly<Record<string, SecretValue>>>>>

/** The name of an entry in the secret manager; letters, digits and dashes only, which every cloud takes. */
export const secretEntryName = (environment: ClusterEnvironment, entry: SecretEntry): string =>
  `knowton-${environment.name}-${entry}`

/** The entry that holds the password of a database role. */
export const postgresEntry = (role: string): SecretEntry => `postgres-${role.replaceAll('_', '-')}`

/** Everything that the secret manager of an installation has to hold. */
export const secretEntries = (platform: PlatformShape, environment: ClusterEnvironment): SecretEntries => ({
  platform: {
    ...Object.fromEntries(Object.values(platform.services).flatMap(declaredSecrets)),
    accessTokenPublicKey: { kind: 'signing-key', pair: 'accessToken', half: 'public' },
  },
  installation: installationValues(platform, environment),
  ...Object.fromEntries(
    databasePlans(platform).map(({ role }) => [
      postgresEntry(role),
      { username: { kind: 'fixed', value: role }, password: { kind: 'password' } },
    ]),
  ),
  clickhouse: {
    username: { kind: 'fixed', value: 'knowton_user' },
    password: { kind: 'password' },
    backupPassword: { kind: 'password' },
  },
  redis: { password: { kind: 'password' } },
  'rate-limits': { password: { kind: 'password' } },
  weaviate: { apiKey: { kind: 'password' }, clusterPassword: { kind: 'password' } },
  grafana: {
    username: { kind: 'fixed', value: 'admin' },
    password: { kind: 'password' },
    secretKey: { kind: 'password' },
  },
  alertmanager: { webhookUrl: { kind: 'supplied', what: 'the https address that alerts are posted to' } },
  ...(environment.objectStore.endpoint === undefined
    ? {}
    : { 'object-store': { accessKeyId: { kind: 'password' }, secretAccessKey: { kind: 'password' } } }),
  ...(environment.weaviate.openai ? { openai: { apiKey: { kind: 'supplied', what: 'a key of api.openai.com' } } } : {}),
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
