import { randomUUID } from 'node:crypto'
import type { Clock, ServiceShape } from '@knowton/core'
import type { Environment } from '../config/process-environment.ts'
import { parseSettings, type Settings } from '../config/settings.ts'
import type { Subscription } from '../consume/subscription.ts'
import type { Implementation } from '../implementation.ts'
import { migrate } from '../migrate/migrate.ts'
import { createOutbox } from '../outbox/outbox.ts'
import { type Authenticate, createAuthenticate } from '../serve/access-token.ts'
import { createProblems } from '../serve/problem.ts'
import { RequestFault } from '../serve/request-fault.ts'
import { createServer, type HttpServer } from '../serve/server.ts'
import { measureAll } from '../telemetry/gauges.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { createPinoLog } from '../telemetry/pino-log.ts'
import { passThroughTracing, type Tracing } from '../telemetry/tracing.ts'
import { createOperations } from './create-operations.ts'
import { drain } from './drain.ts'
import { erase, type UntypedImplementation } from './erase.ts'
import type { Foundation } from './foundation.ts'
import { startJobs } from './jobs.ts'
import { closeStores, openStores } from './open-stores.ts'
import { type RunningConsumers, startConsumers } from './start-consumers.ts'
import { withSweep } from './sweep.ts'

/** A service at work. */
export type RunningService = {
  /** Where it listens. */
  readonly url: string
  /** Takes nothing new, finishes what is under way within 10 s, closes everything. */
  readonly stop: () => Promise<void>
}

/**
 * Starts a service with the settings in `environment`: stores, migrations, routes, consumers, jobs. Throws a fault
 * `config.invalid` for wrong settings and `migration.*` for a database that does not fit.
 */
export const startService = async <const S extends ServiceShape, Ports>(
  declared: S,
  implementation: Implementation<S, Ports>,
  environment: Environment,
  clock: Clock = () => new Date(),
): Promise<RunningService> => {
  const settings = parseSettings(declared, environment)
  const base = await lay(declared, erase(implementation), settings, clock)
  try {
    return await build(base)
  } catch (error) {
    await closeStores(base.stores.byName)
    throw error
  }
}

const lay = async (
  declared: ServiceShape,
  implementation: UntypedImplementation,
  settings: Settings,
  clock: Clock,
): Promise<Foundation> => {
  const log = createPinoLog(declared.name, settings.logLevel)
  const metrics = createMetrics(declared.name)
  const stores = await openStores(declared, implementation.stores, settings.storeUrls, log)
  const outbox =
    stores.home &&
    createOutbox({
      topics: declared.publishes,
      database: stores.home.database,
      clock,
      newId: randomUUID,
      onAppended: (events) => {
        for (const { topic } of events) metrics.eventsAppended(topic, 1)
      },
    })
  return {
    declared,
    implementation,
    settings,
    log,
    clock,
    newId: randomUUID,
    metrics,
    tracing: await openTracing(declared.name, settings.otlpEndpoint),
    stores,
    outbox,
    draining: new AbortController(),
    ending: new AbortController(),
  }
}

const openTracing = async (service: string, endpoint: string | undefined): Promise<Tracing> => {
  if (endpoint === undefined) return passThroughTracing
  const { createOtlpTracing } = await import('../telemetry/otlp-tracing.ts')
  return createOtlpTracing(service, endpoint)
}

const build = async (base: Foundation): Promise<RunningService> => {
  const { implementation, settings, log, stores, draining } = base
  if (stores.home !== undefined) {
    const applied = await migrate(stores.home.database, implementation.migrations)
    if (applied.length > 0) log.info('the database was migrated', { applied })
  }
  const ports = await implementation.ports(toHost(base))
  const consumers = await follow(base, ports)
  const jobs = startJobs(jobsOf(base, ports), log, draining.signal)
  observeGauges(base, ports)
  const server = await listen(base, ports, consumers, jobs)
  const url = await server.listen({ host: settings.host, port: settings.port })
  log.info('the service is ready', { url })
  return { url, stop: () => drain(base, { server, consumers, jobs }) }
}

const toHost = ({ settings, stores, outbox, log, clock, newId, draining }: Foundation): object => ({
  config: settings.config,
  secrets: settings.secrets,
  stores: Object.fromEntries(
    Object.entries(stores.byName).map(([name, open]) => [
      name,
      name === stores.home?.name ? outbox?.database : open.store,
    ]),
  ),
  publish: outbox?.publishFrom({}),
  log,
  clock,
  newId,
  signal: draining.signal,
})

const follow = async (base: Foundation, ports: unknown): Promise<RunningConsumers | undefined> => {
  const { declared, implementation, settings, outbox, metrics } = base
  if (outbox === undefined) return undefined
  return startConsumers(implementation.eventSource, settings.eventSources, subscriptionsOf(declared, implementation), {
    outbox,
    ports,
    clock: base.clock,
    newId: base.newId,
    log: base.log,
    tracing: base.tracing,
    signal: base.ending.signal,
    draining: base.draining.signal,
    onApplied: (events) => {
      for (const { topic } of events) metrics.eventsHandled(topic, 1)
    },
    onParked: ({ topic }) => metrics.keyParked(topic),
  })
}

const jobsOf = ({ implementation, outbox, log, clock, draining }: Foundation, ports: unknown) => {
  const publish = outbox?.publishFrom({}) ?? (async () => undefined)
  const context = { ports, publish, log, clock, signal: draining.signal }
  const declared = Object.fromEntries(
    Object.entries(implementation.jobs).map(([name, job]) => [
      name,
      () => job({ ...context, log: log.with({ job: name }) }),
    ]),
  )
  return outbox === undefined ? declared : withSweep(declared, outbox.database, clock, draining.signal)
}

const observeGauges = ({ declared, implementation, metrics, clock, log }: Foundation, ports: unknown): void =>
  metrics.observeGauges(declared.gauges ?? {}, () => measureAll(implementation.gauges ?? {}, { ports, clock, log }))

const listen = (
  base: Foundation,
  ports: unknown,
  consumers: RunningConsumers | undefined,
  jobs: ReturnType<typeof startJobs>,
): Promise<HttpServer> => {
  const { declared, implementation, settings, outbox, log, tracing, metrics, clock } = base
  const problems = createProblems(implementation.errors)
  return createServer(declared, implementation.routes, {
    ports,
    authenticate: authenticateWith(settings.accessTokenKey, clock),
    outbox,
    problems,
    log,
    tracing,
    metrics,
    clock,
    draining: base.draining.signal,
    ending: base.ending.signal,
    operations: createOperations(base, problems, consumers, jobs),
  })
}

/** Verifies access tokens with the key; without one there are no signed-in callers. */
const authenticateWith = (publicKeyPem: string | undefined, clock: Clock): Authenticate => {
  if (publicKeyPem !== undefined) return createAuthenticate(publicKeyPem, clock)
  return async () => {
    throw new RequestFault('auth.invalid')
  }
}

/** Each consumed topic with its consumer. */
const subscriptionsOf = (declared: ServiceShape, implementation: UntypedImplementation): readonly Subscription[] =>
  Object.entries(declared.consumes).map(([name, topic]) => {
    const consumer = implementation.consumers[name]
    if (consumer === undefined) throw new Error(`the topic "${name}" has no consumer`)
    return { topic, consumer }
  })
