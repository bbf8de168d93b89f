import { Fault, type ServiceShape } from '@knowton/core'
import * as z from 'zod'
import { publicKeyOf, usesAccessTokens } from './access-token-key.ts'
import { type EventSourceSetting, eventSourceFaults, eventSourcesSetting } from './event-sources.ts'
import type { Environment } from './process-environment.ts'
import { type Secret, secret } from './secret.ts'

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
  const faults: string[] = []
  const read = (key: string, schema: z.ZodType, isSecret: boolean): unknown => {
    const variable = toVariable(key)
    const parsed = z.safeDecode(schema, emptyToUndefined(environment[variable]))
    if (parsed.success) return parsed.data
    const reasons = parsed.error.issues.map((issue) => issue.message).join(', ')
    const missing = emptyToUndefined(environment[variable]) === undefined
    faults.push(`${variable} ${missing ? 'is missing' : isSecret ? 'does not have the right form' : reasons}`)
    return undefined
  }
  const readAll = (schemas: Readonly<Record<string, z.ZodType>>, isSecret = false) =>
    Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, read(key, schema, isSecret)]))

  const base = readAll(processSettings)
  const storeUrls = readAll(storeVariables(declared))
  const config = readAll(declared.config)
  const secrets = readAll(declared.secrets, true)
  const accessTokenKey = usesAccessTokens(declared) ? read('accessTokenPublicKey', publicKeyOf, false) : undefined
  const consumesAny = Object.keys(declared.consumes).length > 0
  const eventSources = consumesAny ? read('eventSources', eventSourcesSetting, false) : []
  if (Array.isArray(eventSources)) faults.push(...eventSourceFaults(declared, eventSources))
  if (faults.length > 0) throw new Fault('config.invalid', toSentence(declared.name, faults))

  return {
    host: base.host as string,
    port: base.port as number,
    logLevel: base.logLevel as LogLevel,
    otlpEndpoint: base.otelExporterOtlpEndpoint as string | undefined,
    accessTokenKey: accessTokenKey as string | undefined,
    storeUrls: Object.fromEntries(
      Object.keys(declared.stores).map((name) => [name, String(storeUrls[`store_${name}_url`])]),
    ),
    eventSources: eventSources as readonly EventSourceSetting[],
    config,
    secrets: Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, secret(value)])),
  }
}

/** The variable that holds the setting `key`: `voucherSeconds` → `VOUCHER_SECONDS`. */
export const toVariable = (key: string): string => key.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase()

const storeVariables = (declared: ServiceShape) =>
  Object.fromEntries(Object.keys(declared.stores).map((name) => [`store_${name}_url`, z.url()]))

const emptyToUndefined = (text: string | undefined) => (text === '' ? undefined : text)

const toSentence = (service: string, faults: readonly string[]) =>
  `${service} cannot start with this environment:\n${faults.map((fault) => `  ${fault}`).join('\n')}`
