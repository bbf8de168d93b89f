import type { ServiceShape } from '@knowton/core'
import * as z from 'zod'
import { type Secret, secret } from './secret.ts'
import type { Variables } from './variables.ts'

/** Where the systems of a cluster are that a service may use; undefined = it has to do without. */
export type SystemSettings = {
  readonly kafka: KafkaSettings | undefined
  readonly redis: RedisSettings | undefined
  readonly weaviate: WeaviateSettings | undefined
  readonly inference: InferenceSettings | undefined
}

/** Mutual TLS: paths of PEM files. */
export type KafkaSettings = {
  /** `host:port` each. */
  readonly bootstrapServers: readonly string[]
  readonly caFile: string
  readonly certificateFile: string
  readonly keyFile: string
}
export type RedisSettings = { readonly url: Secret<string>; readonly caFile: string | undefined }
export type WeaviateSettings = {
  readonly url: string
  /** `host:port`. */
  readonly grpcAddress: string
  readonly apiKey: Secret<string>
}

export type InferenceSettings = {
  /** Takes requests of the Open Inference Protocol v2; `{model}` in it stands for the name of a model. */
  readonly inferUrl: string
}

const authority = z.string().regex(/^[a-z0-9.-]+:\d{1,5}$/i, 'must be host:port')
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })
const inferUrl = httpUrl.includes('{model}', 'must have {model} in it')
const redisUrl = z.url({ protocol: /^rediss?$/ })
const file = z.string().startsWith('/', 'must be an absolute path')
const bootstrapServers = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(authority).min(1))

/** Reads the settings of the systems that `declared` needs. Each system's are there together or not at all. */
export const readSystems = (declared: ServiceShape, variables: Variables): SystemSettings => {
  const speaks = Object.keys({ ...declared.publishes, ...declared.consumes }).length > 0
  return {
    kafka: speaks ? readKafka(variables) : undefined,
    redis: declared.needs.includes('cache') ? readRedis(variables) : undefined,
    weaviate: declared.needs.includes('vectors') ? readWeaviate(variables) : undefined,
    inference: declared.needs.includes('inference') ? readInference(variables) : undefined,
  }
}

const readKafka = ({ has, read }: Variables): KafkaSettings | undefined =>
  ['kafkaBootstrapServers', 'kafkaCaFile', 'kafkaCertificateFile', 'kafkaKeyFile'].some(has)
    ? {
        bootstrapServers: read('kafkaBootstrapServers', bootstrapServers) as readonly string[],
        caFile: read('kafkaCaFile', file) as string,
        certificateFile: read('kafkaCertificateFile', file) as string,
        keyFile: read('kafkaKeyFile', file) as string,
      }
    : undefined

const readRedis = ({ has, read }: Variables): RedisSettings | undefined =>
  ['redisUrl', 'redisCaFile'].some(has)
    ? {
        url: secret(read('redisUrl', redisUrl, true) as string),
        caFile: read('redisCaFile', file.optional()) as string | undefined,
      }
    : undefined

const readWeaviate = ({ has, read }: Variables): WeaviateSettings | undefined =>
  ['weaviateUrl', 'weaviateGrpcAddress', 'weaviateApiKey'].some(has)
    ? {
        url: read('weaviateUrl', httpUrl) as string,
        grpcAddress: read('weaviateGrpcAddress', authority) as string,
        apiKey: secret(read('weaviateApiKey', z.string().min(1), true) as string),
      }
    : undefined

const readInference = ({ has, read }: Variables): InferenceSettings | undefined =>
  has('inferenceUrl') ? { inferUrl: read('inferenceUrl', inferUrl) as string } : undefined
