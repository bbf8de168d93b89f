import { createChainClient, createContractSignatures } from '@knowton/adapters/chain'
import { type NodeAnswer, SILENCE_MS, startScriptedNode, unanswered } from '@knowton/adapters/chain/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { draft, giveMoney, mustPlace, openTrading, place, type Trader, type Trading } from '../testing/traders.ts'
import { recheckBatch } from './recheck-orders.ts'

let market: Trading
beforeEach(async () => {
  market = await openTrading()
})
afterEach(() => market?.close())

test('an order on the book is set aside when the money is gone and matches again when it is back', async () => {
  const bid = await mustPlace(market, market.buyer, draft(market, market.buyer.address, 'bid'))
  giveMoney(market, market.buyer.address, 0n)
  const later = (ms: number) => {
    market.clock.now = new Date(market.clock.now.getTime() + ms)
  }
  later(31_000)
  await recheckBatch(market.jobContext())
  expect((await market.published('orderChanges')).at(-1)).toMatchObject({
    state: 'unfillable',
    reason: 'The maker has 0 tUSD, the bid needs 10 tUSD; add 10 tUSD.',
  })
  const ask = await mustPlace(market, market.seller, draft(market, market.seller.address, 'ask'))
  expect(ask.matches).toEqual([])
  giveMoney(market, market.buyer.address)
  later(31_000)
  await recheckBatch(market.jobContext())
  expect(await market.published('ordersMatched')).toMatchObject([
    { bidHash: bid.order.orderHash, askHash: ask.order.orderHash },
  ])
})

test.each(unanswered)(
  'the order of a contract stays on the book while the node %s, and none is refused',
  async (_, silence) => {
    let answer: NodeAnswer = { result: `0x1626ba7e${'0'.repeat(56)}` }
    const node = await startScriptedNode(() => answer)
    const timeoutMs = silence === 'is silent' ? SILENCE_MS : undefined
    const client = createChainClient({ rpcUrl: node.rpcUrl, chainId: 31_337, ...(timeoutMs && { timeoutMs }) })
    Object.assign(market.chain, { approves: createContractSignatures(client).approves })
    const wallet: Trader = { address: `0x${'a'.repeat(40)}`, sign: async () => '0x12' }
    giveMoney(market, wallet.address)
    const bid = await mustPlace(market, wallet, draft(market, wallet.address, 'bid'))

    answer = silence
    expect(await place(market, wallet, draft(market, wallet.address, 'bid'))).toMatchObject({
      status: 503,
      problem: { code: 'chain.unreachable' },
    })
    market.clock.now = new Date(market.clock.now.getTime() + 31_000)
    await expect(recheckBatch(market.jobContext())).rejects.toMatchObject({ code: 'chain.unreachable', retry: 'later' })
    expect(await market.published('orderChanges')).toMatchObject([{ orderHash: bid.order.orderHash, state: 'open' }])

    answer = { result: '0x' }
    await recheckBatch(market.jobContext())
    expect((await market.published('orderChanges')).at(-1)).toMatchObject({ state: 'unfillable' })
    await node.stop()
  },
)
