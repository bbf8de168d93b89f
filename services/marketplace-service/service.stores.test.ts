import { randomUUID } from 'node:crypto'
import { postgres } from '@knowton/adapters/postgres'
import { freshDatabase, silentLog } from '@knowton/adapters/postgres/testing'
import type { Hex } from '@knowton/core'
import type { Order } from '@knowton/domain/market'
import { appendNow, prepareDatabase } from '@knowton/kit/testing'
import { marketplaceService } from '@knowton/system'
import { exchangeAbi } from '@knowton/system/chain'
import { parseEventLogs } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type Account, arrangeSale, orderOf, type Sale, signOrder } from './testing/chain-orders.ts'
import { type LocalChain, lowerCase, startLocalChain } from './testing/local-chain.ts'
import { createSignIn, type RunningService, runService } from './testing/running-service.ts'

const { routes, consumes, publishes } = marketplaceService
const signIn = createSignIn()

let chain: LocalChain
let sale: Sale

beforeAll(async () => {
  chain = await startLocalChain()
})
afterAll(() => chain?.stop())

beforeEach(async () => {
  sale = await arrangeSale(chain)
})

/** Settles an ask and a bid as the relay does. */
const settle = async (orders: { ask: Order; askSignature: Hex; bid: Order; bidSignature: Hex }, price: bigint) => {
  const args = [[{ ...orders, tokenId: sale.tokenId, price, askProof: [], bidProof: [] }]] as const
  const address = chain.contracts.exchange
  const receipt = await chain.mined(
    chain.wallet(chain.operator).writeContract({ address, abi: exchangeAbi, functionName: 'matchOrders', args }),
  )
  const [trade] = parseEventLogs({ abi: exchangeAbi, logs: receipt.logs, eventName: 'Trade' })
  return { receipt, trade }
}

describe('the running service', () => {
  const opened: { close: () => Promise<void> }[] = []
  const running: RunningService[] = []
  afterEach(async () => {
    for (const service of running.splice(0)) await service.kill('SIGKILL')
    for (const each of opened.splice(0).toReversed()) await each.close()
  })

  const openPublisher = async () => {
    const database = await freshDatabase()
    const { store, close } = await postgres({ url: database.url, serviceName: 'publisher', log: silentLog })
    opened.push(database, { close })
    await prepareDatabase(store)
    return { url: database.url, store }
  }
  const start = async (databaseUrl: string, logUrl: string) => {
    const service = await runService({ databaseUrl, logUrl, publicKey: signIn.publicKey, chain })
    running.push(service)
    return service
  }
  const post = async (
    service: RunningService,
    account: Account,
    path: string,
    body: unknown,
    key: string = randomUUID(),
  ) =>
    fetch(`${service.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${signIn.tokenOf(lowerCase(account.address))}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    })
  const place = async (service: RunningService, account: Account, order: Order) => {
    const signed = { order, signature: await signOrder(chain, account, order) }
    const answer = await post(service, account, '/orders', z.encode(routes.placeOrder.body, signed))
    expect(answer.status).toBe(201)
    return z.decode(routes.placeOrder.output, (await answer.json()) as z.input<typeof routes.placeOrder.output>)
  }
  const readOrder = async (service: RunningService, orderHash: Hex) => {
    const answer = await fetch(`${service.url}/api/v1/orders/${orderHash}`)
    return z.decode(routes.getOrder.output, (await answer.json()) as z.input<typeof routes.getOrder.output>)
  }

  test('keeps a reservation through a kill, hears of its settlement, and the order on chain is the order signed', async () => {
    const publisher = await openPublisher()
    const own = await freshDatabase()
    opened.push(own)
    const first = await start(own.url, publisher.url)
    const events = await fetch(`${first.url}/api/v1/marketplace/books/${sale.tokenId}/events`)
    const ask = await place(first, sale.seller, orderOf(chain, sale, 'ask'))
    const bid = await place(first, sale.buyer, orderOf(chain, sale, 'bid', { pricePerUnit: 12_000_000n }))
    const [match] = bid.matches
    expect(match).toMatchObject({ price: 10_000_000n, state: 'settling' })
    const changes = await readChanges(events, 4)
    expect(changes.map(({ orderHash, state }) => [orderHash, state])).toEqual([
      [ask.order.orderHash, 'open'],
      [bid.order.orderHash, 'open'],
      ...[...changes.slice(2)].map(({ orderHash }) => [orderHash, 'settling']),
    ])
    await first.kill('SIGKILL')

    const store = await postgres({ url: own.url, serviceName: 'reader', log: silentLog })
    opened.push({ close: store.close })
    const [asked] = await store.store.query<{ payload: z.input<typeof publishes.ordersMatched.payload> }>(
      `SELECT payload FROM events.log WHERE topic = 'orders-matched'`,
    )
    if (asked === undefined) throw new Error('no settlement was asked for')
    const request = z.decode(publishes.ordersMatched.payload, asked.payload)
    const { receipt, trade } = await settle(
      {
        ask: request.ask.order,
        askSignature: request.ask.signature,
        bid: request.bid.order,
        bidSignature: request.bid.signature,
      },
      request.price,
    )
    expect(trade?.args).toMatchObject({
      askHash: ask.order.orderHash,
      bidHash: bid.order.orderHash,
      fee: 100_000n,
      royalty: 500_000n,
    })

    const second = await start(own.url, publisher.url)
    expect(await readOrder(second, ask.order.orderHash)).toMatchObject({ state: 'settling', reserved: 1, filled: 0 })
    const fact = {
      factId: `31337:${receipt.blockHash}:0`,
      chainId: chain.chainId,
      blockNumber: Number(receipt.blockNumber),
      blockHash: receipt.blockHash,
      blockTime: new Date(),
      transactionHash: receipt.transactionHash,
      logIndex: 0,
      finality: 'finalized',
      reverted: false,
      collection: chain.contracts.workToken,
      tokenId: sale.tokenId,
      askHash: ask.order.orderHash,
      bidHash: bid.order.orderHash,
      seller: lowerCase(sale.seller.address),
      buyer: lowerCase(sale.buyer.address),
      currency: chain.contracts.testUsd,
      price: 10_000_000n,
      fee: 100_000n,
      royalty: 500_000n,
      royaltyReceiver: lowerCase(sale.seller.address),
    } as const
    await publisher.store.transaction((tx) =>
      appendNow(tx, [{ topic: 'trades', key: `${sale.tokenId}`, payload: z.encode(consumes.trades.payload, fact) }]),
    )
    await second.caughtUp()
    for (const hash of [ask.order.orderHash, bid.order.orderHash]) {
      expect(await readOrder(second, hash)).toMatchObject({ state: 'filled', reserved: 0, filled: 1 })
    }
    const listed = await (await fetch(`${second.url}/api/v1/marketplace/trades?tokenId=${sale.tokenId}`)).json()
    expect(listed).toMatchObject({ items: [{ state: 'settled', finality: 'finalized' }], next: null })
    expect(await second.kill('SIGTERM')).toBe(0)
  })

  test('answers the same request once, refuses with a reason, and a bad cursor is the caller’s fault', async () => {
    const publisher = await openPublisher()
    const own = await freshDatabase()
    opened.push(own)
    const service = await start(own.url, publisher.url)
    const order = orderOf(chain, sale, 'ask')
    const body = z.encode(routes.placeOrder.body, { order, signature: await signOrder(chain, sale.seller, order) })
    const key = randomUUID()
    const [once, again] = [
      await post(service, sale.seller, '/orders', body, key),
      await post(service, sale.seller, '/orders', body, key),
    ]
    expect([once.status, again.status, await again.text()]).toEqual([201, 201, await once.text()])
    const duplicate = await post(service, sale.seller, '/orders', body)
    expect([duplicate.status, await duplicate.json()]).toMatchObject([409, { code: 'order.duplicate' }])
    const foreign = await post(service, sale.buyer, '/orders', body)
    expect([foreign.status, await foreign.json()]).toMatchObject([403, { code: 'order.maker' }])
    const cursor = await fetch(`${service.url}/api/v1/orders?cursor=nonsense`)
    expect([cursor.status, await cursor.json()]).toMatchObject([422, { code: 'request.invalid' }])
    const terms = await fetch(
      `${service.url}/api/v1/marketplace/terms?maker=${sale.seller.address}&tokenId=${sale.tokenId}`,
    )
    expect(await terms.json()).toMatchObject({ feeBps: 100, royaltyBps: 500, tokenEpoch: '1', counter: '0' })
  })
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
