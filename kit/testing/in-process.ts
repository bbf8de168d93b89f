import { randomUUID } from 'node:crypto'
import { accountIdOf, addressOf, type Clock, type Hex, type InputOf, type ServiceShape } from '@knowton/core'
import type { UntypedConsumer } from '../consume/subscription.ts'
import type { Host, JobContext, User } from '../host.ts'
import type { Handler } from '../implementation.ts'
import type { UntypedPublish } from '../outbox/outbox.ts'
import type { UntypedHandler } from '../serve/answer-route.ts'
import type { UntypedImplementation } from '../start/erase.ts'
import type { Database, Sql } from '../stores.ts'
import type { Reading } from '../telemetry/gauges.ts'
import { eventOf, type TestFact } from './test-facts.ts'

/** Accounts of tests are on this chain. */
const CHAIN_ID = 31_337

/** The account of `address`. */
export const accountOf = (address: Hex) => accountIdOf(CHAIN_ID, address)

/** What a handler gets, without the parts that its route does not declare. */
export type HandlerInput<S extends ServiceShape, R extends keyof S['routes']> = {
  readonly [K in keyof InputOf<S['routes'][R]> as InputOf<S['routes'][R]>[K] extends undefined ? never : K]: InputOf<
    S['routes'][R]
  >[K]
}

/** A service's parts called as functions, in contexts that are made as at work. */
export type InProcess<S extends ServiceShape, Ports> = {
  /** Calls a handler. An idempotent one gets a transaction: its answer commits, a refusal rolls it back. Throws what it throws. */
  readonly handle: <R extends keyof S['routes'] & string>(
    route: R,
    input: HandlerInput<S, R>,
    as?: Hex,
  ) => ReturnType<Handler<S, R, Ports>>
  /** Gives facts of the service's topics to their consumers, in their order and one transaction. Throws what they throw. */
  readonly consume: (...facts: readonly TestFact<S>[]) => Promise<void>
  /** What a job gets; the signal fires when the service stops. */
  readonly jobContext: () => JobContext<S, Ports>
  /** Measures a declared gauge now. */
  readonly measure: (gauge: keyof S['gauges'] & string) => Promise<readonly Reading[]>
}

type Deps = {
  readonly declared: ServiceShape
  readonly implementation: UntypedImplementation
  readonly ports: unknown
  readonly publish: UntypedPublish
  readonly log: Host<ServiceShape>['log']
  readonly clock: Clock
  readonly signal: AbortSignal
  /** The service's own database, in whose transactions it publishes. */
  readonly database: Database
}

/** Prepares to call the parts of one service, its types erased. */
export const createInProcess = (deps: Deps) => {
  const { declared, implementation, ports, publish, log, clock, signal, database } = deps
  const handle = async (name: string, input: object, as?: Hex) => {
    const route = declared.routes[name]
    const handler = implementation.routes[name]
    if (route === undefined || handler === undefined) throw new RangeError(`the service has no route "${name}"`)
    if (route.access === 'user' && as === undefined) throw new RangeError(`${name} needs a caller`)
    const user = as === undefined ? undefined : userOf(as)
    const parts = { params: undefined, query: undefined, headers: undefined, body: undefined, ...input }
    const call = (tx: Sql | undefined) =>
      handler(parts, { ports, publish, log, signal, user, tx, requestId: randomUUID(), now: clock() })
    return route.idempotent === true ? rollingBack(database, call) : call(undefined)
  }
  const consume = (...facts: readonly { readonly topic: string; readonly payload: unknown }[]): Promise<void> =>
    database.transaction(async (tx) => {
      for (const { topic, payload } of facts) {
        const event = eventOf(declared, topic, payload, clock)
        const causing: UntypedPublish = (to, name, fact, cause) =>
          publish(to, name, fact, { causationId: event.id, ...cause })
        await apply(implementation.consumers[topic], event, {
          ...{ ports, publish: causing, tx, log, signal },
          now: clock(),
        })
      }
    })
  return {
    handle,
    consume,
    jobContext: () => ({ ports, publish, log, clock, signal }),
    measure: async (gauge: string) => (await implementation.gauges?.[gauge]?.({ ports, now: clock(), signal })) ?? [],
  }
}

const userOf = (address: Hex): User => {
  const account = accountOf(address)
  return { account, address: addressOf(account), sessionId: randomUUID() }
}

const apply = async (
  consumer: UntypedConsumer | undefined,
  ...[event, context]: Parameters<Extract<UntypedConsumer, (...args: never) => unknown>>
): Promise<void> => {
  if (consumer === undefined) throw new RangeError(`nothing consumes "${event.topic}"`)
  if (typeof consumer === 'function') return consumer(event, context)
  return consumer.batch([event], context)
}

/** Answers of `call` in a transaction that a refusal rolls back, as the kit answers an idempotent route. */
const rollingBack = async (database: Database, call: (tx: Sql) => ReturnType<UntypedHandler>) => {
  const refusal = new Error('refused')
  let result: Awaited<ReturnType<UntypedHandler>> | undefined
  try {
    await database.transaction(async (tx) => {
      result = await call(tx)
      if (!result.ok) throw refusal
    })
  } catch (error) {
    if (error !== refusal) throw error
  }
  if (result === undefined) throw new Error('the handler did not answer')
  return result
}
