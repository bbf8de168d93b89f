/** Who may import whom, by folder; a folder without a row is refused. Imports only go down. */
export const layers = {
  core: [],
  system: ['core'],
  domain: ['core'],
  kit: ['core'],
  derive: ['core'],
  verify: [],
  adapters: ['core', 'kit'],
  services: ['core', 'system', 'domain', 'kit', 'adapters'],
  infra: ['core', 'system', 'derive'],
  tools: ['core', 'system', 'derive', 'infra', 'verify'],
  tests: ['core', 'system', 'derive'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** What tests of a folder may import beside its row: what is derived is judged by the verifier, which knows nothing of it. */
export const testLayers: Readonly<Record<string, readonly string[]>> = { derive: ['verify'] }

/** Frameworks are guests: each may be imported only below these paths. */
export const guests: readonly { readonly module: RegExp; readonly home: readonly string[]; readonly why: string }[] = [
  {
    module: /^(fastify|@fastify\/)/,
    home: ['kit/serve/', 'tools/bench/'],
    why: 'handlers never see the web framework',
  },
  { module: /^pg$/, home: ['adapters/postgres/', 'tools/'], why: 'services speak SQL through their declared store' },
  { module: /^chdb$/, home: ['adapters/chdb/'], why: 'services speak SQL through their declared store' },
  { module: /^pino/, home: ['kit/telemetry/'], why: 'everyone else gets a Log' },
  { module: /^prom-client$/, home: ['kit/', 'tools/gateway/'], why: 'metrics are made in one place' },
]

/** The only files that read the environment. */
export const environmentReaders: readonly string[] = [
  'kit/config/',
  'tools/dev/environment.ts',
  'tools/test/tiers.ts',
  'tools/bootstrap.mjs',
  'tests/environment.ts',
]
