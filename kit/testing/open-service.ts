import type { Hex, PayloadOf, ServiceShape } from '@knowton/core'
import type { Host } from '../host.ts'
import type { Implementation } from '../implementation.ts'
import { erase } from '../start/erase.ts'
import { homeStore } from '../start/open-stores.ts'
import { startService } from '../start/start-service.ts'
import type { Database, StoresOf } from '../stores.ts'
import { createTestTokens } from './access-tokens.ts'
import { type Call, createCall, createSend, type Send } from './call-route.ts'
import { caughtUp } from './caught-up.ts'
import { accountOf, createInProcess, type InProcess } from './in-process.ts'
import { type TestSettings, type TestStore, testEnvironment } from './test-environment.ts'
import { appendFacts, readPublished, type TestFact } from './test-facts.ts'

/** A service at work for one test: it listens, reads its topics and does its jobs; and every part can be called alone. */
export type TestService<S extends ServiceShape, Ports> = InProcess<S, Ports> & {
  readonly url: string
  readonly ports: Ports
  /** The stores as handlers have them. */
  readonly stores: StoresOf<S>
  /** The service's clock stands where it is put. */
  readonly clock: { now: Date }
  readonly send: Send
  readonly call: Call<S>
  /** What was published of a topic, of one key when it is given. */
  readonly published: <T extends keyof S['publishes'] & string>(
    topic: T,
    key?: string,
  ) => Promise<readonly PayloadOf<S['publishes'][T]>[]>
  /** Publishes facts as others would, and resolves once all have taken effect. Throws an Error when one is parked. */
  readonly hear: (...facts: readonly TestFact<S>[]) => Promise<void>
  /** Stops the service and throws its stores away. */
  readonly close: () => Promise<void>
}

/**
 * Starts a service as it is run, on stores of its own; `test.now` is where its clock begins to stand. What shall be
 * otherwise in a test is changed in `implementation`: other ports, no jobs. The service needs a PostgreSQL store.
 */
export const openService = async <const S extends ServiceShape, Ports>(
  declared: S,
  implementation: Implementation<S, Ports>,
  test: TestSettings<S> & { readonly now?: Date },
): Promise<TestService<S, Ports>> => {
  const { tokens = createTestTokens() } = test
  const clock = { now: test.now ?? new Date() }
  const laid = Promise.withResolvers<{ readonly host: Host<S>; readonly ports: Ports }>()
  const ports = async (host: Host<S>): Promise<Ports> => {
    const opened = await implementation.ports(host)
    laid.resolve({ host, ports: opened })
    return opened
  }
  const watched: Implementation<S, Ports> = { ...implementation, ports }
  const environment = testEnvironment(declared, { ...test, tokens })
  const closeStores = async () => {
    for (const store of Object.values<TestStore>(test.stores)) await store.close()
  }
  const running = await startService(declared, watched, environment, () => clock.now).catch(async (error: unknown) => {
    await closeStores()
    throw error
  })
  const { host, ports: opened } = await laid.promise
  const database = homeOf(declared, host.stores)
  const send = createSend(running.url, (address: Hex) => tokens.sign(accountOf(address), lifetimeAt(clock.now)))
  const { log, signal } = host
  const deps = { declared, implementation: erase(implementation), ports: opened, log, signal, database }
  const service = {
    url: running.url,
    ports: opened,
    stores: host.stores,
    clock,
    send,
    call: createCall(declared, send),
    ...createInProcess({ ...deps, clock: () => clock.now, publish: host.publish as never }),
    published: (topic: string, key?: string) => readPublished(declared, database, topic, key),
    hear: async (...facts: readonly TestFact<S>[]) => {
      await appendFacts(declared, database, facts)
      await caughtUp(running.url)
    },
    close: async () => {
      await running.stop()
      await closeStores()
    },
  }
  // Every call goes by the declared name of its part, which the type holds to the declaration.
  return service as unknown as TestService<S, Ports>
}

const homeOf = (declared: ServiceShape, stores: Readonly<Record<string, unknown>>): Database => {
  const name = homeStore(declared)
  if (name === undefined) throw new RangeError(`${declared.name} has no PostgreSQL store`)
  return stores[name] as Database
}

const TOKEN_SECONDS = 600

const lifetimeAt = (now: Date) => {
  const iat = Math.floor(now.getTime() / 1000)
  return { iat, exp: iat + TOKEN_SECONDS }
}
