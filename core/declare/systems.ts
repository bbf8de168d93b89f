import * as z from 'zod'
import type { ServiceShape } from './service.ts'
import { variableOf } from './variables.ts'

const authority = z.string().regex(/^[a-z0-9.-]+:\d{1,5}$/i, 'must be host:port')
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })
const file = z.string().startsWith('/', 'must be an absolute path')
const needs = (need: ServiceShape['needs'][number]) => (service: ServiceShape) => service.needs.includes(need)

/**
 * The systems of a cluster that no store of a service stands for: which services use each, and the settings that say
 * where it is. The settings of a system are there together or not at all; a service does without a system that nothing
 * is said of. `secrets` are never printed.
 */
export const clientSystems = {
  kafka: {
    usedBy: ({ publishes, consumes }: ServiceShape) => Object.keys({ ...publishes, ...consumes }).length > 0,
    /** Mutual TLS: paths of PEM files, and `host:port` of each server. */
    settings: {
      bootstrapServers: z
        .string()
        .transform((text) => text.split(','))
        .pipe(z.array(authority).min(1)),
      caFile: file,
      certificateFile: file,
      keyFile: file,
    },
    secrets: {},
  },
  redis: {
    usedBy: needs('cache'),
    settings: { caFile: file.optional() },
    secrets: { url: z.url({ protocol: /^rediss?$/ }) },
  },
  weaviate: {
    usedBy: needs('vectors'),
    settings: { url: httpUrl, grpcAddress: authority },
    secrets: { apiKey: z.string().min(1) },
  },
  inference: {
    usedBy: needs('inference'),
    /** Takes requests of the Open Inference Protocol v2; `{model}` in it stands for the name of a model. */
    settings: { url: httpUrl.includes('{model}', 'must have {model} in it') },
    secrets: {},
  },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly usedBy: (service: ServiceShape) => boolean
      readonly settings: Readonly<Record<string, z.ZodType>>
      readonly secrets: Readonly<Record<string, z.ZodType>>
    }
  >
>
export type ClientSystem = keyof typeof clientSystems

export const clientSystemNames = Object.keys(clientSystems) as readonly ClientSystem[]

/** The key that a setting of a system is read by: `kafka`, `caFile` → `kafkaCaFile`. */
export const systemSettingKey = (system: ClientSystem, key: string): string =>
  `${system}${key.charAt(0).toUpperCase()}${key.slice(1)}`

/** The environment variables of a system: `KAFKA_BOOTSTRAP_SERVERS`, `KAFKA_CA_FILE`, … */
export const systemVariables = (system: ClientSystem): readonly string[] => {
  const { settings, secrets } = clientSystems[system]
  return [...Object.keys(settings), ...Object.keys(secrets)].map((key) => variableOf(systemSettingKey(system, key)))
}
