import { createPublicKey } from 'node:crypto'
import { type ServiceShape, storeSettingOf } from '@knowton/core'
import * as z from 'zod'
import { type EventSourceSetting, eventSourceFaults, eventSourcesSetting } from './event-sources.ts'
import type { Environment } from './process-environment.ts'
import { type Secret, secret } from './secret.ts'
import { readSystems, type SystemSettings } from './systems.ts'
import { openVariables } from './variables.ts'

/** Everything a service process is told by its environment, parsed. */
export type Settings = {
  readonly host: string
  /** 0 = any free port. */
  readonly port: number
  readonly logLevel: LogLevel
  /** Base URL of an OTLP/HTTP collector; undefined = traces are passed on but not recorded. */
  readonly otlpEndpoint: string | undefined
  /** SPKI PEM of the key that access tokens are verified with; undefined when no route needs it. */
  readonly accessTokenKey: string | undefined
  readonly storeUrls: Readonly<Record<string, string>>
  readonly eventSources: readonly EventSourceSetting[]
  readonly systems: SystemSettings
  readonly config: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, Secret<unknown>>>
}

const logLevel = z.enum(['debug', 'info', 'warn', 'error'])
export type LogLevel = z.output<typeof logLevel>

const processSettings = {
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  logLevel: logLevel.default('info'),
  otelExporterOtlpEndpoint: z.url().optional(),
} as const

/**
 * Reads the settings that `declared` asks for.
 * Throws a fault `config.invalid` that names every missing or wrong variable at once, and no value of a secret.
 */
export const parseSettings = (declared: ServiceShape, environment: Environment): Settings => {
  const variables = openVariables(environment)
  const { read, readAll } = variables
  const base = readAll(processSettings)
  const storeUrls = readAll(storeSettings(declared))
  const config = readAll(declared.config)
  const secrets = readAll(declared.secrets, true)
  const accessTokenKey = usesAccessTokens(declared) ? read('accessTokenPublicKey', publicKeyOf) : undefined
  const consumesAny = Object.keys(declared.consumes).length > 0
  const eventSources = consumesAny ? read('eventSources', eventSourcesSetting) : []
  if (Array.isArray(eventSources))
    for (const fault of eventSourceFaults(declared, eventSources)) variables.refuse(fault)
  const systems = readSystems(declared, variables)
  variables.settle(declared.name)

  return {
    host: base.host,
    port: base.port,
    logLevel: base.logLevel,
    otlpEndpoint: base.otelExporterOtlpEndpoint,
    accessTokenKey: accessTokenKey,
    storeUrls: Object.fromEntries(
      Object.keys(declared.stores).map((name) => [name, String(storeUrls[storeSettingOf(name)])]),
    ),
    eventSources: eventSources,
    systems,
    config,
    secrets: Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, secret(value)])),
  }
}

/** What a migration is told: where the one database is, and how much to say. */
export type MigrationSettings = { readonly storeUrl: string; readonly logLevel: LogLevel }

/** Reads what is needed to migrate the store `store` of `declared`, and nothing else. Throws a fault `config.invalid`. */
export const parseMigrationSettings = (
  declared: ServiceShape,
  store: string,
  environment: Environment,
): MigrationSettings => {
  const variables = openVariables(environment)
  const storeUrl = variables.read(storeSettingOf(store), z.url())
  const level = variables.read('logLevel', processSettings.logLevel)
  variables.settle(declared.name)
  return { storeUrl, logLevel: level }
}

const storeSettings = (declared: ServiceShape) =>
  Object.fromEntries(Object.keys(declared.stores).map((name) => [storeSettingOf(name), z.url()]))

/** Whether any route of `declared` needs a signed-in account. */
export const usesAccessTokens = (declared: ServiceShape): boolean =>
  Object.values(declared.routes).some((route) => route.access === 'user')

/** A P-256 public key as SPKI PEM; line breaks may be written as `\n`. */
const publicKeyOf = z.string().transform((text, context) => {
  const pem = text.replaceAll('\\n', '\n')
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return pem
  } catch {
    // answered below: the text is no key at all
  }
  context.addIssue({ code: 'custom', message: 'must be a P-256 public key in PEM (SPKI)' })
  return z.NEVER
})
