import { type Hex, lowerCase, toUnixSeconds } from '@knowton/core'
import type { Order } from '@knowton/domain/market'
import { accepted } from '@knowton/kit/testing'
import { exchangeDomain, orderTypes } from '@knowton/system/chain'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { COLLECTION, EXCHANGE, openMarket, TEST_USD, type TestMarket } from './open-market.ts'

/** Someone with a key. */
export type Trader = { readonly address: Hex; readonly sign: (order: Order) => Promise<Hex> }

/** A new key. */
export const createTrader = (): Trader => {
  const account = privateKeyToAccount(generatePrivateKey())
  return {
    address: lowerCase(account.address),
    sign: (order) =>
      account.signTypedData({
        domain: exchangeDomain(31_337, EXCHANGE),
        types: orderTypes,
        primaryType: 'Order',
        message: order,
      }),
  }
}

/** A market with a seller who owns token 5 and a buyer with 1,000 tUSD. */
export type Trading = TestMarket & { readonly seller: Trader; readonly buyer: Trader }

/** Opens a market and lets a seller and a buyer in. */
export const openTrading = async (): Promise<Trading> => {
  const market = await openMarket()
  const [seller, buyer] = [createTrader(), createTrader()]
  giveToken(market, seller.address)
  giveMoney(market, buyer.address)
  return { ...market, seller, buyer }
}

let salt = 0n

/** An order of a maker on token 5 at 10 tUSD for an hour, apart from `changes`. */
export const draft = (market: TestMarket, maker: Hex, side: 'ask' | 'bid', changes: Partial<Order> = {}): Order => {
  salt += 1n
  return {
    side: side === 'ask' ? 0 : 1,
    maker,
    taker: `0x${'0'.repeat(40)}`,
    collection: COLLECTION,
    criteriaKind: 1,
    criteria: `0x${5n.toString(16).padStart(64, '0')}`,
    currency: TEST_USD,
    pricePerUnit: 10_000_000n,
    maxFills: 1,
    maxRoyaltyBps: 1_000,
    maxFeeBps: 250,
    tokenEpoch: side === 'ask' ? 1n : 0n,
    start: 0,
    end: toUnixSeconds(market.clock.now) + 3_600,
    nonce: salt,
    counter: 0n,
    salt,
    validation: `0x${'0'.repeat(64)}`,
    ...changes,
  }
}

/** What makes a bid one on any token of the collection. */
export const anyToken = { criteriaKind: 0, criteria: `0x${'0'.repeat(64)}` } as const

/** What makes an order one on token `tokenId`. */
export const onToken = (tokenId: bigint) => ({ criteria: `0x${tokenId.toString(16).padStart(64, '0')}` }) as const

/** Signs an order and places it as its maker. */
export const place = async (market: TestMarket, trader: Trader, order: Order) =>
  market.call('placeOrder', { body: { order, signature: await trader.sign(order) } }, { as: trader.address })

/** Places an order that has to be taken. */
export const mustPlace = async (market: TestMarket, trader: Trader, order: Order) =>
  accepted(await place(market, trader, order))

/** Gives a trader a token that the exchange may move. */
export const giveToken = (market: TestMarket, owner: Hex, tokenId = 5n, epoch = 1n): void => {
  market.chain.tokens.set(tokenId, { owner, epoch, royaltyBps: 500, isApproved: true })
}

/** Gives a trader money that the exchange may spend. */
export const giveMoney = (market: TestMarket, account: Hex, amount = 1_000_000_000n): void => {
  market.chain.money.set(account, { balance: amount, allowance: amount })
}
