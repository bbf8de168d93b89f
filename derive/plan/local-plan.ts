import {
  Fault,
  type PlatformShape,
  type ServiceShape,
  type StoreKind,
  storeVariableOf,
  variableOf,
} from '@knowton/core'
import { edges } from '../edges.ts'
import type { Environment } from '../environment.ts'
import { type KongConfig, kongConfig } from '../gateway/kong-config.ts'
import { type DatabasePlan, databaseName, databasePlans } from './databases.ts'

/** What the runner has at hand once PostgreSQL and the chain are up. */
export type LocalResources = {
  /** Absolute path of the folder that holds the platform's state. */
  readonly home: string
  readonly host: string
  readonly gatewayPort: number
  /** The port of each service, by name. */
  readonly ports: Readonly<Record<string, number>>
  readonly postgres: {
    readonly host: string
    readonly port: number
    /** By role. */
    readonly passwords: Readonly<Record<string, string>>
  }
  /** SPKI PEM of the key that access tokens are verified with. */
  readonly accessTokenPublicKey: string
  /** Values of declared config keys that only the running installation knows, e.g. `chainRpcUrl`. */
  readonly config: Readonly<Record<string, string>>
  /** By declared secret key; each process gets only those that its service declares. */
  readonly secrets: Readonly<Record<string, string>>
  readonly logLevel: string
  readonly otlpEndpoint?: string
}

/** One process to start with `node <entry> …args`. */
export type ProcessPlan = {
  readonly name: string
  readonly entry: string
  readonly args: readonly string[]
  /** The whole environment of the process besides what the operating system needs. */
  readonly env: Readonly<Record<string, string>>
  readonly url: string
  /** Answers 200 once the process can do its work. */
  readonly readyUrl: string
}

/** Everything that the local runner starts and writes. */
export type LocalPlan = {
  readonly databases: readonly DatabasePlan[]
  /** In the order to start them in: publishers before their readers, as far as topics do not go both ways. */
  readonly services: readonly ProcessPlan[]
  /** Start it last, after `kong` is written to `<home>/gateway/kong.yml`. */
  readonly gateway: ProcessPlan
  readonly kong: KongConfig
}

/** Turns the platform into processes on one machine. Throws `plan.incomplete`, naming each value that is missing. */
export const localPlan = (platform: PlatformShape, environment: Environment, resources: LocalResources): LocalPlan => {
  const missing = Object.values(platform.services).flatMap((service) => missingOf(service, environment, resources))
  if (missing.length > 0) throw new Fault('plan.incomplete', `The plan cannot be made: ${missing.join('; ')}.`)
  const services = startOrder(platform).map((service) => serviceProcess(platform, service, environment, resources))
  const publicOrigin = originOf(resources)
  return {
    databases: databasePlans(platform),
    services,
    gateway: gatewayProcess(resources),
    kong: kongConfig(platform, environment, {
      accessTokenPublicKey: resources.accessTokenPublicKey,
      publicOrigins: [publicOrigin, publicOrigin.replace('localhost', '127.0.0.1')],
      upstreams: Object.fromEntries(services.map(({ name, url }) => [name, url])),
    }),
  }
}

/** Where people open the platform on this machine. */
export const originOf = ({ gatewayPort }: Pick<LocalResources, 'gatewayPort'>): string =>
  `http://localhost:${gatewayPort}`

/** The folder of a store that is no database: `files/creator-service/files`, `warehouse/analytics-service/warehouse`. */
export const storeFolder = (
  home: string,
  service: string,
  store: string,
  kind: Exclude<StoreKind, 'postgres'>,
): string => `${home}/${kind === 'files' ? 'files' : 'warehouse'}/${service}/${store}`

/** The URL under which the owner `role` opens a service's database. */
export const databaseUrl = (postgres: LocalResources['postgres'], service: string, role: string): string =>
  `postgres://${role}:${encodeURIComponent(postgres.passwords[role] ?? '')}@${postgres.host}:${postgres.port}/${databaseName(service)}`

/** The environment file decides over what the runner knows. */
const configOf = (
  service: ServiceShape,
  environment: Environment,
  resources: LocalResources,
): Readonly<Record<string, string | undefined>> => ({
  ...resources.config,
  ...environment.services[service.name]?.config,
})

const missingOf = (service: ServiceShape, environment: Environment, resources: LocalResources): readonly string[] => {
  const config = configOf(service, environment, resources)
  const role = databaseName(service.name)
  const needsPassword = Object.values(service.stores).some((store) => store.kind === 'postgres')
  return [
    ...(environment.services[service.name] === undefined ? [`environment "${environment.name}" does not size it`] : []),
    ...(resources.ports[service.name] === undefined ? ['it has no port'] : []),
    ...(needsPassword && resources.postgres.passwords[role] === undefined ? [`role "${role}" has no password`] : []),
    ...Object.entries(service.config)
      .filter(([key, schema]) => config[key] === undefined && !schema.safeParse(undefined).success)
      .map(([key]) => `config "${key}" has no value`),
    ...Object.keys(service.secrets)
      .filter((key) => resources.secrets[key] === undefined)
      .map((key) => `secret "${key}" has no value`),
  ].map((fault) => `${service.name}: ${fault}`)
}

const serviceProcess = (
  platform: PlatformShape,
  service: ServiceShape,
  environment: Environment,
  resources: LocalResources,
): ProcessPlan => {
  const url = `http://${resources.host}:${resources.ports[service.name]}`
  const declared = {
    ...pick(service.config, configOf(service, environment, resources)),
    ...pick(service.secrets, resources.secrets),
  }
  return {
    name: service.name,
    entry: `services/${service.name}/main.ts`,
    args: [],
    url,
    readyUrl: `${url}/health/ready`,
    env: {
      HOST: resources.host,
      PORT: String(resources.ports[service.name]),
      LOG_LEVEL: resources.logLevel,
      ...(resources.otlpEndpoint === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: resources.otlpEndpoint }),
      ACCESS_TOKEN_PUBLIC_KEY: resources.accessTokenPublicKey,
      EVENT_SOURCES: JSON.stringify(eventSources(platform, service, resources)),
      ...storeUrls(service, resources),
      ...Object.fromEntries(Object.entries(declared).map(([key, value]) => [variableOf(key), value])),
    },
  }
}

const pick = (declared: Readonly<Record<string, unknown>>, values: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    Object.keys(declared).flatMap((key): readonly (readonly [string, string])[] => {
      const value = values[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )

const eventSources = (platform: PlatformShape, service: ServiceShape, { postgres }: LocalResources) =>
  edges(platform).flatMap((edge) =>
    edge.kind === 'event-log' && edge.from === service.name
      ? [{ publisher: edge.to, url: databaseUrl(postgres, edge.to, databaseName(service.name)), topics: edge.topics }]
      : [],
  )

const storeUrls = (service: ServiceShape, { home, postgres }: LocalResources): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(service.stores).map(([name, { kind }]) => {
      const variable = storeVariableOf(name)
      if (kind === 'postgres') return [variable, databaseUrl(postgres, service.name, databaseName(service.name))]
      const path = storeFolder(home, service.name, name, kind).split('/').map(encodeURIComponent).join('/')
      return [variable, `${kind === 'files' ? 'file' : 'chdb'}://${path}`]
    }),
  )

const gatewayProcess = ({ home, host, gatewayPort }: LocalResources): ProcessPlan => {
  const url = `http://${host}:${gatewayPort}`
  return {
    name: 'gateway',
    entry: 'tools/gateway/main.ts',
    args: ['--home', home, '--host', host, '--port', String(gatewayPort)],
    env: {},
    url,
    readyUrl: `${url}/openapi.json`,
  }
}

/** Publishers before their readers; where topics go both ways, the one declared first. */
export const startOrder = (platform: PlatformShape): readonly ServiceShape[] => {
  const logs = edges(platform).filter((edge) => edge.kind === 'event-log')
  const publishersOf = (service: ServiceShape): readonly string[] =>
    logs.filter((edge) => edge.from === service.name && edge.to !== service.name).map((edge) => edge.to)
  const next = (waiting: readonly ServiceShape[]): readonly ServiceShape[] => {
    const isFree = (service: ServiceShape) =>
      publishersOf(service).every((publisher) => waiting.every(({ name }) => name !== publisher))
    const chosen = waiting.find(isFree) ?? waiting[0]
    return chosen === undefined ? [] : [chosen, ...next(waiting.filter((service) => service !== chosen))]
  }
  return next(Object.values(platform.services))
}
