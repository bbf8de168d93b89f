import { randomUUID } from 'node:crypto'
import { postgres } from '@knowton/adapters/postgres'
import { freshDatabase, silentLog } from '@knowton/adapters/postgres/testing'
import { accountIdOf, lowerCase, type OutputOf } from '@knowton/core'
import type { Order } from '@knowton/domain/market'
import {
  API_PREFIX,
  appendFacts,
  createTestTokens,
  runProcess,
  type TestProcess,
  testEnvironment,
} from '@knowton/kit/testing'
import { marketplaceService } from '@knowton/system'
import { exchangeAbi } from '@knowton/system/chain'
import { parseEventLogs } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import type { Declared } from './ports.ts'
import { type Account, arrangeSale, orderOf, type Sale, settingsOf, signOrder } from './testing/chain-orders.ts'
import { aTrade } from './testing/facts.ts'
import { type LocalChain, startLocalChain } from './testing/local-chain.ts'

const main = new URL('./main.ts', import.meta.url)
const { routes, publishes } = marketplaceService
const tokens = createTestTokens()

let chain: LocalChain
let sale: Sale
beforeAll(async () => {
  chain = await startLocalChain()
  sale = await arrangeSale(chain)
})
afterAll(() => chain?.stop())

type Placed = OutputOf<Declared['routes']['placeOrder']>

const place = async (service: TestProcess, account: Account, order: Order): Promise<Placed> => {
  const signed = { order, signature: await signOrder(chain, account, order) }
  const answer = await fetch(`${await service.url()}${API_PREFIX}/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await tokens.sign(accountIdOf(chain.chainId, lowerCase(account.address)))}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify(z.encode(routes.placeOrder.body, signed)),
  })
  return z.decode(routes.placeOrder.output, (await answer.json()) as z.input<typeof routes.placeOrder.output>)
}
const read = async (service: TestProcess, path: string): Promise<unknown> =>
  (await fetch(`${await service.url()}${API_PREFIX}${path}`)).json()

type Request = z.output<typeof publishes.ordersMatched.payload>

/** Settles a match as the relay does. */
const settle = async ({ ask, bid, price, tokenId }: Request) => {
  const orders = { ask: ask.order, askSignature: ask.signature, bid: bid.order, bidSignature: bid.signature }
  const args = [[{ ...orders, tokenId, price, askProof: [], bidProof: [] }]] as const
  const address = chain.contracts.exchange
  const receipt = await chain.mined(
    chain.wallet(chain.operator).writeContract({ address, abi: exchangeAbi, functionName: 'matchOrders', args }),
  )
  const [trade] = parseEventLogs({ abi: exchangeAbi, logs: receipt.logs, eventName: 'Trade' })
  return { receipt, trade }
}

test('a reservation outlives a kill, hears of its settlement, and the orders on chain are the orders signed', async () => {
  const db = await freshDatabase()
  const environment = testEnvironment(marketplaceService, { stores: { db }, settings: settingsOf(chain), tokens })
  const { store, close } = await postgres({ url: db.url, serviceName: 'test', log: silentLog })

  await using first = runProcess(main, environment)
  const events = await fetch(`${await first.url()}${API_PREFIX}/marketplace/books/${sale.tokenId}/events`)
  const ask = await place(first, sale.seller, orderOf(chain, sale, 'ask'))
  const bid = await place(first, sale.buyer, orderOf(chain, sale, 'bid', { pricePerUnit: 12_000_000n }))
  expect(bid.matches).toMatchObject([{ price: 10_000_000n, state: 'settling' }])
  const changes = await readChanges(events, 4)
  expect(changes.slice(0, 2)).toMatchObject([
    { orderHash: ask.order.orderHash, state: 'open' },
    { orderHash: bid.order.orderHash, state: 'open' },
  ])
  expect(changes.slice(2).map(({ state }) => state)).toEqual(['settling', 'settling'])
  await first.end('SIGKILL')

  const [asked] = await store.query<{ payload: z.input<typeof publishes.ordersMatched.payload> }>(
    `SELECT payload FROM events.log WHERE topic = 'orders-matched'`,
  )
  if (asked === undefined) throw new Error('no settlement was asked for')
  const request = z.decode(publishes.ordersMatched.payload, asked.payload)
  const { receipt, trade } = await settle(request)
  const { askHash, bidHash } = request
  expect(trade?.args).toMatchObject({ askHash, bidHash, fee: 100_000n, royalty: 500_000n })
  expect([askHash, bidHash]).toEqual([ask.order.orderHash, bid.order.orderHash])

  await using second = runProcess(main, environment)
  expect(await read(second, `/orders/${askHash}`)).toMatchObject({ state: 'settling', reserved: 1, filled: 0 })
  const { collection, tokenId, currency, price } = request
  const [seller, buyer] = [request.ask.order.maker, request.bid.order.maker]
  const { blockHash, transactionHash } = receipt
  const at = { factId: `31337:${blockHash}:0`, blockHash, transactionHash, finality: 'finalized' } as const
  const payload = aTrade({ ...at, askHash, bidHash, seller, buyer, collection, tokenId, currency, price })
  await appendFacts<Declared>(marketplaceService, store, [{ topic: 'trades', payload }])
  await second.caughtUp()
  for (const hash of [askHash, bidHash]) {
    expect(await read(second, `/orders/${hash}`)).toMatchObject({ state: 'filled', reserved: 0, filled: 1 })
  }
  expect(await read(second, `/marketplace/trades?tokenId=${tokenId}`)).toMatchObject({
    items: [{ state: 'settled', finality: 'finalized' }],
    next: null,
  })
  expect(await second.end('SIGTERM')).toMatchObject({ code: 0 })
  await close()
  await db.close()
})

const change = routes.followBook.output.data

/** The first changes of a stream of server-sent events; then it is left. */
const readChanges = async (events: Response, count: number): Promise<readonly z.output<typeof change>[]> => {
  const found: z.output<typeof change>[] = []
  let text = ''
  if (events.body === null) throw new Error('no stream')
  for await (const bytes of events.body.pipeThrough(new TextDecoderStream())) {
    text += bytes
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('data: ')) found.push(z.decode(change, JSON.parse(line.slice('data: '.length))))
    }
    if (found.length >= count) break
  }
  return found
}
