import { Fault } from '@knowton/core'
import { parse } from 'yaml'
import * as z from 'zod'

const correlationId = z.strictObject({
  name: z.literal('correlation-id'),
  config: z.strictObject({ header_name: z.string(), generator: z.literal('uuid'), echo_downstream: z.literal(true) }),
})
const cors = z.strictObject({
  name: z.literal('cors'),
  config: z.strictObject({
    origins: z.array(z.string()),
    methods: z.array(z.string()),
    headers: z.array(z.string()),
    exposed_headers: z.array(z.string()),
    credentials: z.literal(false),
    max_age: z.int(),
    preflight_continue: z.literal(false),
  }),
})
const prometheus = z.strictObject({
  name: z.literal('prometheus'),
  config: z.strictObject({
    per_consumer: z.literal(false),
    status_code_metrics: z.literal(true),
    latency_metrics: z.literal(true),
    bandwidth_metrics: z.literal(false),
  }),
})
const rateLimiting = z.strictObject({
  name: z.literal('rate-limiting'),
  config: z.strictObject({
    minute: z.int().min(1),
    policy: z.literal('local'),
    limit_by: z.literal('ip'),
    fault_tolerant: z.literal(true),
    hide_client_headers: z.literal(false),
  }),
})
const requestSizeLimiting = z.strictObject({
  name: z.literal('request-size-limiting'),
  config: z.strictObject({
    allowed_payload_size: z.int().min(1),
    size_unit: z.literal('bytes'),
    require_content_length: z.literal(false),
  }),
})
const jwt = z.strictObject({
  name: z.literal('jwt'),
  config: z.strictObject({
    key_claim_name: z.literal('iss'),
    claims_to_verify: z.tuple([z.literal('exp')]),
    header_names: z.tuple([z.literal('authorization')]),
    uri_param_names: z.tuple([]),
    cookie_names: z.tuple([]),
    secret_is_base64: z.literal(false),
    run_on_preflight: z.literal(false),
  }),
})

const route = z.strictObject({
  name: z.string(),
  protocols: z.array(z.enum(['http', 'https'])),
  methods: z.array(z.string()).min(1),
  paths: z.array(z.string().startsWith('~', 'must be a regex')).min(1),
  regex_priority: z.int().min(0),
  strip_path: z.literal(false),
  preserve_host: z.literal(false),
  request_buffering: z.boolean(),
  response_buffering: z.boolean(),
  plugins: z.array(z.discriminatedUnion('name', [jwt, requestSizeLimiting])),
})
const service = z.strictObject({
  name: z.string(),
  url: z.url({ protocol: /^http$/ }),
  connect_timeout: z.int().min(1),
  write_timeout: z.int().min(1),
  read_timeout: z.int().min(1),
  retries: z.int().min(0),
  plugins: z.array(z.discriminatedUnion('name', [rateLimiting, requestSizeLimiting])),
  routes: z.array(route),
})

/** The part of Kong's declarative configuration that this gateway carries out; anything else in a file is refused. */
const kongFile = z.strictObject({
  _format_version: z.literal('3.0'),
  services: z.array(service),
  consumers: z.array(
    z.strictObject({
      username: z.string(),
      jwt_secrets: z.array(
        z.strictObject({ key: z.string(), algorithm: z.literal('ES256'), rsa_public_key: z.string() }),
      ),
    }),
  ),
  plugins: z.array(z.discriminatedUnion('name', [correlationId, cors, prometheus])),
})
export type KongFile = z.output<typeof kongFile>
export type KongFileService = KongFile['services'][number]
export type CorsConfig = z.output<typeof cors>['config']

/** Reads a `kong.yml`; throws `gateway.config` naming each field that this gateway does not carry out. */
export const parseKongFile = (text: string): KongFile => {
  const read = kongFile.safeParse(parse(text))
  if (read.success) return read.data
  throw new Fault('gateway.config', `kong.yml cannot be carried out:\n${z.prettifyError(read.error)}`)
}
