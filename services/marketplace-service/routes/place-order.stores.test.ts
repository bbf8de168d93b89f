import type { Order } from '@knowton/domain/market'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recheckBatch } from '../jobs/recheck-orders.ts'
import { bookOf } from '../testing/look.ts'
import { COLLECTION, NATIVE, TEST_USD } from '../testing/open-market.ts'
import {
  anyToken,
  createTrader,
  draft,
  giveMoney,
  giveToken,
  mustPlace,
  onToken,
  openTrading,
  place,
  type Trading,
} from '../testing/traders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('rests an ask, shows it in the book and says so', async () => {
  const { order, matches } = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  expect(order).toMatchObject({ state: 'open', tokenId: 5n, filled: 0, reserved: 0, reason: null })
  expect(matches).toEqual([])
  expect((await bookOf(market)).asks).toEqual([{ price: 10_000_000n, units: 1, orders: 1 }])
  expect(await market.published('orderChanges')).toMatchObject([
    { orderHash: order.orderHash, state: 'open', remaining: 1 },
  ])
})

test('matches at the price of the order that was there first, and reserves both', async () => {
  const ask = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  const bid = await mustPlace(
    market,
    market.buyer,
    draft(market, market.buyer.address, 'bid', { pricePerUnit: 12_000_000n }),
  )
  expect(bid.order).toMatchObject({ state: 'settling', reserved: 1 })
  expect(bid.matches).toMatchObject([
    { price: 10_000_000n, state: 'settling', seller: market.seller.address, buyer: market.buyer.address, tokenId: 5n },
  ])
  const [fact] = await market.published('ordersMatched')
  expect(fact).toMatchObject({ requestId: bid.matches[0]?.requestId, askHash: ask.order.orderHash })
  expect(fact?.ask).toEqual({ order: ask.order.order, signature: ask.order.signature })
  expect(await bookOf(market)).toMatchObject({ asks: [], bids: [] })
})

test('fills a bid on the collection token by token, cheapest first', async () => {
  for (const [tokenId, price] of [
    [7n, 9n],
    [8n, 7n],
    [9n, 11n],
  ] as const) {
    giveToken(market, market.seller.address, tokenId)
    await mustPlace(
      market,
      market.seller,
      draft(market, market.seller.address, 'ask', { ...onToken(tokenId), pricePerUnit: price }),
    )
  }
  const bid = draft(market, market.buyer.address, 'bid', { ...anyToken, maxFills: 3, pricePerUnit: 10n })
  const { order, matches } = await mustPlace(market, market.buyer, bid)
  expect(matches.map(({ tokenId, price }) => [tokenId, price])).toEqual([
    [8n, 7n],
    [7n, 9n],
  ])
  expect(order).toMatchObject({ state: 'open', reserved: 2, filled: 0 })
  expect((await bookOf(market, 9n)).bids).toEqual([{ price: 10n, units: 1, orders: 1 }])
})

test('never sells one token twice to bids that arrive at the same time', async () => {
  const buyers = Array.from({ length: 8 }, createTrader)
  for (const { address } of buyers) giveMoney(market, address)
  await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  const placed = await Promise.all(buyers.map((each) => mustPlace(market, each, draft(market, each.address, 'bid'))))
  expect(placed.flatMap(({ matches }) => matches)).toHaveLength(1)
  expect((await bookOf(market)).bids).toEqual([{ price: 10_000_000n, units: 7, orders: 7 }])
})

test('takes an order once, and two orders of one nonce never', async () => {
  const order = draft(market, market.seller.address, 'ask')
  const both = await Promise.all([place(market, market.seller, order), place(market, market.seller, order)])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await place(market, market.seller, order)).toMatchObject({ problem: { code: 'order.duplicate' } })
  expect(await place(market, market.seller, { ...order, salt: 1n })).toMatchObject({ problem: { code: 'order.nonce' } })
})

test('refuses a trade with oneself and leaves no trace of it', async () => {
  giveMoney(market, market.seller.address)
  const bid = await mustPlace(market, market.seller, draft(market, market.seller.address, 'bid', { ...anyToken }))
  const before = (await market.published('orderChanges')).length
  expect(await place(market, market.seller, draft(market, market.seller.address, 'ask'))).toMatchObject({
    ok: false,
    problem: { code: 'order.self-trade', facts: { orderHash: bid.order.orderHash } },
  })
  expect(await market.published('orderChanges')).toHaveLength(before)
  expect(await market.db.query('SELECT FROM command')).toHaveLength(1)
})

test('keeps a private order from everyone but its taker', async () => {
  const ask = draft(market, market.seller.address, 'ask', { taker: createTrader().address })
  await mustPlace(market, market.seller, ask)
  const { matches } = await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid'))
  expect(matches).toEqual([])
  expect((await bookOf(market)).asks).toEqual([])
  const other = createTrader()
  giveToken(market, other.address, 6n)
  await mustPlace(market, other, draft(market, other.address, 'ask', { ...onToken(6n), taker: market.buyer.address }))
  const reserved = await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid', onToken(6n)))
  expect(reserved.matches).toHaveLength(1)
})

test('refuses a signature by another key, over another order, or in its malleable form', async () => {
  const order = draft(market, market.seller.address, 'ask')
  const signature = await market.seller.sign(order)
  const s = BigInt(`0x${signature.slice(66, 130)}`)
  const twin = (0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n - s).toString(16).padStart(64, '0')
  const flipped = `${signature.slice(0, 66)}${twin}${signature.endsWith('1b') ? '1c' : '1b'}` as const
  const forged = [
    await market.buyer.sign(order),
    await market.seller.sign({ ...order, salt: 0n }),
    `0x${flipped.slice(2)}` as const,
  ]
  for (const wrong of forged) {
    const answer = await place(market, { ...market.seller, sign: async () => wrong }, order)
    expect(answer).toMatchObject({ ok: false, problem: { code: 'order.signature' } })
  }
})

test('takes the word of a contract for its signature, and holds the order when it takes it back', async () => {
  const order = draft(market, market.seller.address, 'ask')
  const byContract = { ...market.seller, sign: async () => '0x1234' as const }
  expect(await place(market, byContract, order)).toMatchObject({ problem: { code: 'order.signature' } })
  const refused = await place(market, byContract, order)
  if (refused.ok) throw new Error('taken')
  const hash = refused.problem.facts?.orderHash
  market.chain.approvals.add(hash as `0x${string}`)
  expect((await mustPlace(market, byContract, order)).order.state).toBe('open')
  market.chain.approvals.clear()
  market.clock.now = new Date(market.clock.now.getTime() + 31_000)
  expect(await recheckBatch(market.jobContext())).toBe(1)
  expect((await market.published('orderChanges')).at(-1)).toMatchObject({ state: 'unfillable' })
})

test('counts money that matches under way will take', async () => {
  giveMoney(market, market.buyer.address, 15_000_000n)
  await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid'))
  giveToken(market, market.seller.address, 6n)
  const answer = await place(market, market.buyer, draft(market, market.buyer.address, 'bid', onToken(6n)))
  expect(answer).toMatchObject({ problem: { code: 'order.funds', facts: { needed: '20000000' } } })
})

const given = (arrange: () => unknown, order: () => Order) => () => {
  arrange()
  return order()
}
const refusals: readonly (readonly [what: string, kind: string, order: () => Order])[] = [
  ['an account that is not the maker', 'order.maker', () => draft(market, market.buyer.address, 'ask')],
  ['another collection', 'order.invalid', () => draft(market, market.seller.address, 'ask', { collection: TEST_USD })],
  ['a list of tokens', 'order.invalid', () => draft(market, market.seller.address, 'ask', { criteriaKind: 2 })],
  [
    'a currency that is not listed',
    'order.currency',
    () => draft(market, market.seller.address, 'ask', { currency: COLLECTION }),
  ],
  ['a native bid', 'order.currency', () => draft(market, market.seller.address, 'bid', { currency: NATIVE })],
  ['an order that has ended', 'order.expired', () => draft(market, market.seller.address, 'ask', { end: 1 })],
  [
    'a used nonce',
    'order.nonce',
    given(
      () => market.chain.usedNonces.add(`${market.seller.address}:9`),
      () => draft(market, market.seller.address, 'ask', { nonce: 9n }),
    ),
  ],
  [
    'an old counter',
    'order.nonce',
    given(
      () => market.chain.counters.set(market.seller.address, 4n),
      () => draft(market, market.seller.address, 'ask'),
    ),
  ],
  [
    'an old epoch',
    'order.epoch',
    given(
      () => giveToken(market, market.seller.address, 5n, 2n),
      () => draft(market, market.seller.address, 'ask'),
    ),
  ],
  [
    'a token of another',
    'order.not-owner',
    given(
      () => giveToken(market, market.buyer.address),
      () => draft(market, market.seller.address, 'ask'),
    ),
  ],
  ['a token there is not', 'order.not-owner', () => draft(market, market.seller.address, 'ask', onToken(99n))],
  [
    'a token not approved',
    'order.not-approved',
    given(
      () => market.chain.tokens.set(5n, { owner: market.seller.address, epoch: 1n, royaltyBps: 0, isApproved: false }),
      () => draft(market, market.seller.address, 'ask'),
    ),
  ],
  [
    'a royalty above the cap',
    'order.invalid',
    () => draft(market, market.seller.address, 'ask', { maxRoyaltyBps: 499 }),
  ],
  [
    'money that is not there',
    'order.funds',
    given(
      () => giveToken(market, market.buyer.address, 6n),
      () => draft(market, market.seller.address, 'bid', onToken(6n)),
    ),
  ],
]
test.each(refusals)('refuses %s, as %s', async (_what, kind, order) => {
  const answer = await place(market, market.seller, order())
  expect(answer).toMatchObject({ ok: false, problem: { code: kind } })
  expect(await market.db.query('SELECT FROM signed_order')).toEqual([])
})

test('answers the same request once, in the same words', async () => {
  const order = draft(market, market.seller.address, 'ask')
  const body = { order, signature: await market.seller.sign(order) }
  const again = { body, as: market.seller.address, headers: { 'idempotency-key': 'one' } }
  const [first, second] = [await market.send('POST /orders', again), await market.send('POST /orders', again)]
  expect([first.status, second.status]).toEqual([201, 201])
  expect(second.bytes).toEqual(first.bytes)
  expect(await market.send('POST /orders', { ...again, headers: {} })).toMatchObject({ status: 409 })
})

test('takes no order while the chain does not answer, and blames nobody', async () => {
  market.chain.fallSilent()
  const byContract = { ...market.seller, sign: async () => '0x1234' as const }
  for (const trader of [market.seller, byContract]) {
    const answer = await place(market, trader, draft(market, market.seller.address, 'ask'))
    expect(answer).toMatchObject({ status: 503, problem: { code: 'chain.unreachable' } })
  }
  expect(await market.db.query('SELECT FROM signed_order')).toEqual([])
})
