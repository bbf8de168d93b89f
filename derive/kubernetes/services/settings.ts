import type { PlatformShape, ServiceShape, StoreKind } from '@knowton/core'
import { storeVariableOf, variableOf } from '@knowton/core'
import { edges, systemsOf } from '../../edges.ts'
import { databaseName } from '../../plan/databases.ts'
import { authority } from '../addresses.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { SERVICE_PORT } from '../names.ts'
import { mebibytes } from '../parts/quantities.ts'
import { environmentValue } from '../secrets/entries.ts'
import { clickhouseAddress } from '../systems/clickhouse/names.ts'
import { inferenceUrl } from '../systems/inference/inference-url.ts'
import { kafkaSettings } from '../systems/kafka/client.ts'
import { bucketUrl, INTERNAL_CA_FILE, objectStoreRegion } from '../systems/object-store/access.ts'
import { postgresAddress } from '../systems/postgres/names.ts'
import { redisAddress } from '../systems/redis/names.ts'
import { weaviateAddress, weaviateGrpcAddress } from '../systems/weaviate/names.ts'
import { POSTGRES_PASSWORD } from './secrets.ts'

/** The part of its memory that a process may fill with JavaScript objects; buffers and native code need the rest. */
const HEAP_SHARE = 0.75

/** The variables of a service that hold no secret, as its ConfigMap has them. */
export const plainSettings = (
  environment: ClusterEnvironment,
  service: ServiceShape,
): Readonly<Record<string, string>> => ({
  HOST: '0.0.0.0',
  PORT: String(SERVICE_PORT),
  LOG_LEVEL: 'info',
  NODE_ENV: 'production',
  NODE_EXTRA_CA_CERTS: INTERNAL_CA_FILE,
  NODE_OPTIONS: `--max-old-space-size=${heapMebibytes(environment, service)}`,
  ...declaredSettings(environment, service),
  ...Object.fromEntries(
    storesOf(service, 'files').map(([name]) => [storeVariableOf(name), filesUrl(environment, service, name)]),
  ),
  ...systemSettings(environment, service),
})

/** The variables of a service whose values are made from secret ones, by Kubernetes: `$(POSTGRES_PASSWORD)`. */
export const composedSettings = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
  service: ServiceShape,
): Readonly<Record<string, string>> => {
  const sources = eventSources(platform, environment, service)
  return {
    ...databaseSettings(environment, service),
    ...Object.fromEntries(
      storesOf(service, 'clickhouse').map(([name]) => [storeVariableOf(name), warehouseUrl(environment, service)]),
    ),
    ...(sources.length === 0 ? {} : { EVENT_SOURCES: JSON.stringify(sources) }),
    ...(service.needs.includes('cache')
      ? { REDIS_URL: `rediss://:$(REDIS_PASSWORD)@${authority(redisAddress(environment))}` }
      : {}),
  }
}

/** The URL of a service's own database; all that a migration needs. */
export const databaseSettings = (
  environment: ClusterEnvironment,
  service: ServiceShape,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    storesOf(service, 'postgres').map(([name]) => [
      storeVariableOf(name),
      databaseUrl(environment, service.name, databaseName(service.name)),
    ]),
  )

const heapMebibytes = (environment: ClusterEnvironment, { size }: ServiceShape): number =>
  Math.floor(mebibytes(environment.sizes[size].resources.memory.limit) * HEAP_SHARE)

const storesOf = (service: ServiceShape, kind: StoreKind) =>
  Object.entries(service.stores).filter(([, store]) => store.kind === kind)

const declaredSettings = (environment: ClusterEnvironment, service: ServiceShape): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(service.config).flatMap((key): readonly (readonly [string, string])[] => {
      const value = environmentValue(environment, service, key)
      return value === undefined ? [] : [[variableOf(key), value]]
    }),
  )

const systemSettings = (environment: ClusterEnvironment, service: ServiceShape): Readonly<Record<string, string>> => {
  const systems = systemsOf(service)
  return {
    ...(systems.includes('kafka') ? kafkaSettings(environment) : {}),
    ...(systems.includes('redis') ? { REDIS_CA_FILE: INTERNAL_CA_FILE } : {}),
    ...(systems.includes('weaviate')
      ? {
          WEAVIATE_URL: `http://${authority(weaviateAddress(environment))}`,
          WEAVIATE_GRPC_ADDRESS: authority(weaviateGrpcAddress(environment)),
        }
      : {}),
    ...(systems.includes('inference') ? { INFERENCE_URL: inferenceUrl(environment) } : {}),
  }
}

const eventSources = (platform: PlatformShape, environment: ClusterEnvironment, service: ServiceShape) =>
  edges(platform).flatMap((edge) =>
    edge.kind === 'event-log' && edge.from === service.name
      ? [
          {
            publisher: edge.to,
            url: databaseUrl(environment, edge.to, databaseName(service.name)),
            topics: edge.topics,
          },
        ]
      : [],
  )

/** The database of the service `owner` as `role`; always the password of the process's own role. */
const databaseUrl = (environment: ClusterEnvironment, owner: string, role: string): string =>
  `postgres://${role}:$(${POSTGRES_PASSWORD})@${authority(postgresAddress(environment))}/${databaseName(owner)}` +
  `?sslmode=verify-full&sslrootcert=${INTERNAL_CA_FILE}`

const warehouseUrl = (environment: ClusterEnvironment, service: ServiceShape): string =>
  `https://knowton_user:$(CLICKHOUSE_PASSWORD)@${authority(clickhouseAddress(environment))}/${databaseName(service.name)}`

/** A folder of the bucket of works; region and address stand in the query, as no variable of the process holds them. */
const filesUrl = (environment: ClusterEnvironment, service: ServiceShape, store: string): string => {
  const { endpoint } = environment.objectStore
  const query = new URLSearchParams({
    region: objectStoreRegion(environment),
    ...(endpoint === undefined ? {} : { endpoint }),
  })
  return `${bucketUrl(environment, 'works', `${service.name}/${store}`)}?${query}`
}
