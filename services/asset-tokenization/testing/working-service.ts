import { randomUUID } from 'node:crypto'
import { createBlockSource, createSigner, createTransactionNode } from '@knowton/adapters/chain'
import { silentLog } from '@knowton/adapters/postgres/testing'
import type { Event } from '@knowton/core'
import { mintRequested } from '../consumers/mint-requested.ts'
import { ordersMatched } from '../consumers/orders-matched.ts'
import { followChain } from '../jobs/follow-chain.ts'
import { relayRequests } from '../jobs/relay-requests.ts'
import { createWakeup } from '../jobs/wakeup.ts'
import type { Ports } from '../ports.ts'
import type { MintRequest, RelayView, SettlementRequest } from '../relay/request-store.ts'
import { followTransaction } from '../routes/follow-transaction.ts'
import { type Deployed, deploy } from './deployed.ts'
import { openServiceDatabase, type ServiceDatabase } from './service-database.ts'

/** The service's handlers and jobs at work on a chain and a database of their own. */
export type WorkingService = ServiceDatabase & {
  readonly chain: Deployed
  readonly ports: Ports
  /** A context for a route that anyone may call. */
  readonly call: () => Call
  /** Hands what was asked for to the consumers, as the kit does. */
  readonly hear: (work: Work) => Promise<void>
  /** Watches a request by its route until it ends; mines blocks once it is in one, so that it becomes final. */
  readonly watch: (requestId: string) => Promise<readonly RelayView[]>
  readonly startJobs: () => void
  readonly stopJobs: () => Promise<void>
}

type Work = { readonly mints?: readonly MintRequest[]; readonly matches?: readonly SettlementRequest[] }
type Call = Pick<ServiceDatabase, 'publish'> & {
  readonly ports: Ports
  readonly user: undefined
  readonly tx: undefined
  readonly requestId: string
  readonly log: typeof silentLog
  readonly signal: AbortSignal
  readonly now: Date
}

/** The parts of an input that a route does not have. */
export const nothing = { params: undefined, query: undefined, headers: undefined, body: undefined } as const

const stopped = new Error('stopped')

/** Opens the service with its jobs running; everything mined is final two blocks later. */
export const openWorkingService = async (): Promise<WorkingService> => {
  const chain = await deploy(1)
  const service = await openServiceDatabase()
  const ports = portsOf(chain, service)
  const log = silentLog
  let stopping = new AbortController()
  let jobs: Promise<unknown> = Promise.resolve()
  const call = (): Call => ({
    ports,
    publish: service.publish,
    user: undefined,
    tx: undefined,
    requestId: randomUUID(),
    log,
    signal: stopping.signal,
    now: new Date(),
  })
  const startJobs = () => {
    stopping = new AbortController()
    const context = { ports, publish: service.publish, log, clock: () => new Date(), signal: stopping.signal }
    jobs = Promise.all([followChain(context), relayRequests(context)])
  }
  const stopJobs = async () => {
    stopping.abort(stopped)
    await jobs.catch((error: unknown) => {
      if (error !== stopped) throw error
    })
  }
  startJobs()
  return {
    ...service,
    chain,
    ports,
    call,
    startJobs,
    stopJobs,
    hear: ({ mints = [], matches = [] }) =>
      service.db.transaction(async (tx) => {
        const context = { ports, publish: service.publish, tx, log, signal: stopping.signal, now: new Date() }
        await mintRequested.batch(mints.map(eventOf), context)
        await ordersMatched.batch(matches.map(eventOf), context)
      }),
    watch: async (requestId) => {
      const seen: RelayView[] = []
      for await (const view of answered(await followTransaction({ ...nothing, params: { requestId } }, call()))) {
        seen.push(view)
        if (view.state === 'confirmed') await chain.anvil.ask('anvil_mine', '0x3')
      }
      return seen
    },
    close: async () => {
      await stopJobs()
      await service.close()
      await chain.anvil.stop()
    },
  }
}

/** What the handlers work on: this chain, this database. */
export const portsOf = (chain: Deployed, { db }: ServiceDatabase): Ports => ({
  db,
  client: chain.client,
  blocks: createBlockSource(chain.client),
  node: createTransactionNode(chain.client),
  signer: createSigner(chain.relayerKey, chain.contracts.chainId),
  contracts: chain.contracts,
  relay: { stuckSeconds: 60, maxFeePerGasWei: 500_000_000_000n, leaseMs: 5_000 },
  pollMs: 50,
  holder: randomUUID(),
  wakeups: { follower: createWakeup(), sender: createWakeup() },
})

const eventOf = <Payload>(payload: Payload): Event<Payload> => ({
  id: randomUUID(),
  topic: 'any',
  version: 1,
  key: 'any',
  aggregateVersion: 1,
  occurredAt: new Date(),
  causationId: undefined,
  traceparent: undefined,
  payload,
})

/** What a route answered with; throws when it refused. */
export const answered = <T>(
  answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: unknown },
): T => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal))
  return answer.value
}
