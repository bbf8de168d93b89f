import { Fault, type Result, type RouteShape, type Upload } from '@knowton/core'
import type { User } from '../host.ts'
import type { UntypedPublish } from '../outbox/outbox.ts'
import type { Database, Sql } from '../stores.ts'
import type { Log } from '../telemetry/log.ts'
import { createOutputEncoder, isEvents } from './encode-output.ts'
import { type IdempotentRequest, runOnce, type StoredAnswer } from './idempotency.ts'
import { createInputParser, type RawInput } from './parse-input.ts'
import type { RefusalFacts } from './problem.ts'

/** A handler's context, its service's types erased. */
export type UntypedContext = {
  readonly ports: unknown
  readonly publish: UntypedPublish
  readonly user: User | undefined
  readonly tx: Sql | undefined
  readonly requestId: string
  readonly log: Log
  readonly signal: AbortSignal
  readonly now: Date
}

/** A handler, its service's types erased. */
export type UntypedHandler = (input: unknown, context: UntypedContext) => Promise<Result<unknown, RefusalFacts>>

/** A request as the rules of its route see it: no framework in sight. */
export type RouteRequest = {
  readonly raw: RawInput
  readonly upload: Upload | undefined
  readonly idempotency: IdempotentRequest | undefined
  readonly context: Omit<UntypedContext, 'tx'>
}

/** What is to be sent. */
export type RouteAnswer =
  | { readonly kind: 'json'; readonly answer: StoredAnswer; readonly replayed: boolean }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly refusal: RefusalFacts }

/** Parses, calls the handler and encodes: everything about one route but sending. Throws faults. */
export const createRouteAnswerer = (settings: {
  readonly name: string
  readonly route: RouteShape
  readonly handler: UntypedHandler
  readonly database: Database | undefined
}) => {
  const { name, route, handler, database } = settings
  const parse = createInputParser(route)
  const encode = createOutputEncoder(name, route.output)
  const isJson = route.output !== 'bytes' && !isEvents(route.output)
  const status = route.status ?? 200

  const call = async (request: RouteRequest, input: unknown, tx: Sql | undefined) => {
    const result = await handler(input, { ...request.context, tx })
    if (!result.ok && !route.errors.includes(result.refusal.kind)) {
      throw new Fault('internal.refusal', `${name} refused with "${result.refusal.kind}", which it does not declare.`)
    }
    return result
  }
  const toJson = (value: unknown): StoredAnswer => ({ status, body: status === 204 ? '' : encode(value) })

  const callOnce = async (
    request: RouteRequest,
    idempotency: IdempotentRequest,
    input: unknown,
  ): Promise<RouteAnswer> => {
    if (database === undefined) throw new Fault('internal.fault', `${name} is idempotent but has no database.`)
    try {
      const { replayed, ...answer } = await runOnce(database, idempotency, async (tx) => {
        const result = await call(request, input, tx)
        if (!result.ok) throw new Refused(result.refusal)
        return toJson(result.value)
      })
      return { kind: 'json', answer, replayed }
    } catch (error) {
      if (error instanceof Refused) return { kind: 'refusal', refusal: error.refusal }
      throw error
    }
  }

  return async (request: RouteRequest): Promise<RouteAnswer> => {
    const parsed = parse(request.raw)
    const input = request.upload === undefined ? parsed : { ...parsed, body: request.upload }
    if (request.idempotency !== undefined) return callOnce(request, request.idempotency, input)
    const result = await call(request, input, undefined)
    if (!result.ok) return { kind: 'refusal', refusal: result.refusal }
    return isJson
      ? { kind: 'json', answer: toJson(result.value), replayed: false }
      : { kind: 'value', value: result.value }
  }
}

/** Carries a refusal out of the transaction that it rolls back. */
class Refused extends Error {
  readonly refusal: RefusalFacts

  constructor(refusal: RefusalFacts) {
    super(refusal.kind)
    this.refusal = refusal
  }
}
