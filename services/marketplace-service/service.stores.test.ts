import { randomUUID } from 'node:crypto'
import { postgres } from '@knowton/adapters/postgres'
import { freshDatabase, silentLog } from '@knowton/adapters/postgres/testing'
import type { Hex } from '@knowton/core'
import type { Order } from '@knowton/domain/market'
import { appendNow, prepareDatabase } from '@knowton/kit/testing'
import { marketplaceService } from '@knowton/system'
import { exchangeAbi, exchangeDomain, orderTypes, testUsdAbi, workTokenAbi } from '@knowton/system/chain'
import { parseEventLogs } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { exchangeChainView } from './exchange-chain-view.ts'
import { findSigner, hashOrder } from './order-signature.ts'
import type { Contracts } from './ports.ts'
import { type LocalChain, lowerCase, mintWork, startLocalChain } from './testing/local-chain.ts'
import { createSignIn, type RunningService, runService } from './testing/running-service.ts'

type Account = Awaited<ReturnType<LocalChain['newAccount']>>
const { routes, consumes, publishes } = marketplaceService
const signal = new AbortController().signal
const signIn = createSignIn()

let chain: LocalChain
let contracts: Contracts
let seller: Account
let buyer: Account
let tokenId: bigint
let works = 0n

beforeAll(async () => {
  chain = await startLocalChain()
  const { testUsd, workToken, exchange } = chain.contracts
  const currencies = [{ address: testUsd, symbol: 'tUSD', decimals: 6 }]
  contracts = { chainId: chain.chainId, exchange, workToken, currencies }
})
afterAll(() => chain.stop())

beforeEach(async () => {
  const { testUsd, workToken, exchange } = chain.contracts
  works += 1n
  seller = await chain.newAccount()
  buyer = await chain.newAccount()
  tokenId = await mintWork(chain, seller, `0x${works.toString(16).padStart(64, '0')}`)
  const token = { address: workToken, abi: workTokenAbi } as const
  const money = { address: testUsd, abi: testUsdAbi } as const
  await chain.mined(
    chain.wallet(seller).writeContract({ ...token, functionName: 'setApprovalForAll', args: [exchange, true] }),
  )
  await chain.mined(
    chain.wallet(buyer).writeContract({ ...money, functionName: 'mint', args: [buyer.address, 50_000_000n] }),
  )
  await chain.mined(
    chain.wallet(buyer).writeContract({ ...money, functionName: 'approve', args: [exchange, 40_000_000n] }),
  )
})

const draft = (maker: Account, side: 0 | 1, changes: Partial<Order> = {}): Order => ({
  side,
  maker: lowerCase(maker.address),
  taker: `0x${'0'.repeat(40)}`,
  collection: chain.contracts.workToken,
  criteriaKind: 1,
  criteria: `0x${tokenId.toString(16).padStart(64, '0')}`,
  currency: chain.contracts.testUsd,
  pricePerUnit: 10_000_000n,
  maxFills: 1,
  maxRoyaltyBps: 1_000,
  maxFeeBps: 250,
  tokenEpoch: side === 0 ? 1n : 0n,
  start: 0,
  end: 4_000_000_000,
  nonce: works * 10n + BigInt(side),
  counter: 0n,
  salt: 0n,
  validation: `0x${'0'.repeat(64)}`,
  ...changes,
})
const sign = (account: Account, order: Order) =>
  account.signTypedData({
    domain: exchangeDomain(chain.chainId, chain.contracts.exchange),
    types: orderTypes,
    primaryType: 'Order',
    message: order,
  })

/** Settles an ask and a bid as the relay does. */
const settle = async (orders: { ask: Order; askSignature: Hex; bid: Order; bidSignature: Hex }, price: bigint) => {
  const args = [[{ ...orders, tokenId, price, askProof: [], bidProof: [] }]] as const
  const address = chain.contracts.exchange
  const receipt = await chain.mined(
    chain.wallet(chain.operator).writeContract({ address, abi: exchangeAbi, functionName: 'matchOrders', args }),
  )
  const [trade] = parseEventLogs({ abi: exchangeAbi, logs: receipt.logs, eventName: 'Trade' })
  return { receipt, trade }
}

describe('what the market sees of the chain', () => {
  const view = () => exchangeChainView(chain.client, contracts)
  const factsOf = (order: Order) => view().factsOf(order, hashOrder(order, contracts), signal)

  test('is the token of an ask: its owner, epoch, royalty and approval', async () => {
    const facts = await factsOf(draft(seller, 0))
    expect(facts).toMatchObject({ counter: 0n, nonceUsed: false, filled: 0n, feeBps: 100, currencyAllowed: true })
    expect(facts.token).toEqual({ owner: lowerCase(seller.address), epoch: 1n, royaltyBps: 500, isApproved: true })
    expect((await factsOf(draft(seller, 0, { criteria: `0x${'7'.repeat(64)}` }))).token).toBeUndefined()
  })

  test('is the money of a bid', async () => {
    expect(await factsOf(draft(buyer, 1))).toMatchObject({ balance: 50_000_000n, allowance: 40_000_000n })
    const foreign = await factsOf(draft(buyer, 1, { currency: `0x${'9'.repeat(40)}` }))
    expect(foreign).toMatchObject({ currencyAllowed: false, balance: 0n, allowance: 0n })
  })

  test('is cancelled nonces and counters', async () => {
    const exchange = { address: chain.contracts.exchange, abi: exchangeAbi } as const
    const ask = draft(seller, 0, { nonce: 513n })
    await chain.mined(
      chain.wallet(seller).writeContract({ ...exchange, functionName: 'cancelNonces', args: [2n, 0b10n] }),
    )
    expect((await factsOf(ask)).nonceUsed).toBe(true)
    await chain.mined(chain.wallet(seller).writeContract({ ...exchange, functionName: 'cancelAll' }))
    const terms = await view().termsOf({ maker: ask.maker, nonce: 1n, tokenId }, signal)
    expect(terms.counter).toBeGreaterThan(0n)
    expect(terms).toMatchObject({ nonceUsed: false, feeBps: 100, token: { epoch: 1n } })
  })

  test('is a fault that passes when the chain does not answer', async () => {
    const { createChainClient } = await import('@knowton/adapters/chain')
    const nobody = createChainClient({ rpcUrl: 'http://127.0.0.1:9', chainId: chain.chainId })
    const blind = exchangeChainView(nobody, contracts)
    const unreachable = { code: 'chain.unreachable', retry: 'later' }
    await expect(blind.factsOf(draft(seller, 0), `0x${'0'.repeat(64)}`, signal)).rejects.toMatchObject(unreachable)
    const approval = { account: lowerCase(seller.address), digest: `0x${'0'.repeat(64)}`, signature: '0x' } as const
    await expect(blind.approves(approval, signal)).rejects.toMatchObject(unreachable)
  })

  test('hashes orders and tells signers as the contract does', async () => {
    const order = draft(seller, 0)
    const digest = hashOrder(order, contracts)
    const onChain = await chain.client.readContract({
      address: chain.contracts.exchange,
      abi: exchangeAbi,
      functionName: 'hashOrder',
      args: [order],
    })
    expect(digest).toBe(onChain)
    const signature = await sign(seller, order)
    expect(await findSigner({ maker: order.maker, digest, signature }, view(), signal)).toBe('key')
    expect(await findSigner({ maker: order.maker, digest, signature: '0x12' }, view(), signal)).toBeUndefined()
    // PUSH32 the ERC-1271 magic value, MSTORE it at 0, RETURN 32 bytes: a wallet that approves everything.
    const wallet: Hex = '0x00000000000000000000000000000000000a11ce'
    await chain.test.setCode({ address: wallet, bytecode: `0x7f1626ba7e${'0'.repeat(56)}60005260206000f3` })
    expect(await findSigner({ maker: wallet, digest, signature: '0x12' }, view(), signal)).toBe('contract')
  })
})

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
    const signed = { order, signature: await sign(account, order) }
    const answer = await post(service, account, '/orders', z.encode(routes.placeOrder.body, signed))
    expect(answer.status).toBe(201)
    return z.decode(routes.placeOrder.output, (await answer.json()) as z.input<typeof routes.placeOrder.output>)
  }
  const orderOf = async (service: RunningService, orderHash: Hex) => {
    const answer = await fetch(`${service.url}/api/v1/orders/${orderHash}`)
    return z.decode(routes.getOrder.output, (await answer.json()) as z.input<typeof routes.getOrder.output>)
  }

  test('keeps a reservation through a kill, hears of its settlement, and the order on chain is the order signed', async () => {
    const publisher = await openPublisher()
    const own = await freshDatabase()
    opened.push(own)
    const first = await start(own.url, publisher.url)
    const events = await fetch(`${first.url}/api/v1/marketplace/books/${tokenId}/events`)
    const ask = await place(first, seller, draft(seller, 0))
    const bid = await place(first, buyer, draft(buyer, 1, { pricePerUnit: 12_000_000n }))
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
    expect(await orderOf(second, ask.order.orderHash)).toMatchObject({ state: 'settling', reserved: 1, filled: 0 })
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
      collection: contracts.workToken,
      tokenId,
      askHash: ask.order.orderHash,
      bidHash: bid.order.orderHash,
      seller: lowerCase(seller.address),
      buyer: lowerCase(buyer.address),
      currency: chain.contracts.testUsd,
      price: 10_000_000n,
      fee: 100_000n,
      royalty: 500_000n,
      royaltyReceiver: lowerCase(seller.address),
    } as const
    await publisher.store.transaction((tx) =>
      appendNow(tx, [{ topic: 'trades', key: `${tokenId}`, payload: z.encode(consumes.trades.payload, fact) }]),
    )
    await second.caughtUp()
    for (const hash of [ask.order.orderHash, bid.order.orderHash]) {
      expect(await orderOf(second, hash)).toMatchObject({ state: 'filled', reserved: 0, filled: 1 })
    }
    const listed = await (await fetch(`${second.url}/api/v1/marketplace/trades?tokenId=${tokenId}`)).json()
    expect(listed).toMatchObject({ items: [{ state: 'settled', finality: 'finalized' }], next: null })
    expect(await second.kill('SIGTERM')).toBe(0)
  })

  test('answers the same request once, refuses with a reason, and a bad cursor is the caller’s fault', async () => {
    const publisher = await openPublisher()
    const own = await freshDatabase()
    opened.push(own)
    const service = await start(own.url, publisher.url)
    const order = draft(seller, 0)
    const body = z.encode(routes.placeOrder.body, { order, signature: await sign(seller, order) })
    const key = randomUUID()
    const [once, again] = [
      await post(service, seller, '/orders', body, key),
      await post(service, seller, '/orders', body, key),
    ]
    expect([once.status, again.status, await again.text()]).toEqual([201, 201, await once.text()])
    const duplicate = await post(service, seller, '/orders', body)
    expect([duplicate.status, await duplicate.json()]).toMatchObject([409, { code: 'order.duplicate' }])
    const foreign = await post(service, buyer, '/orders', body)
    expect([foreign.status, await foreign.json()]).toMatchObject([403, { code: 'order.maker' }])
    const cursor = await fetch(`${service.url}/api/v1/orders?cursor=nonsense`)
    expect([cursor.status, await cursor.json()]).toMatchObject([422, { code: 'request.invalid' }])
    const terms = await fetch(`${service.url}/api/v1/marketplace/terms?maker=${seller.address}&tokenId=${tokenId}`)
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
