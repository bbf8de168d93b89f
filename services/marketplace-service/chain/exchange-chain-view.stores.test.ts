import { createChainClient, findSigner } from '@knowton/adapters/chain'
import { behavesAsSignatureCheck } from '@knowton/adapters/chain/testing'
import { type Hex, lowerCase } from '@knowton/core'
import type { Order } from '@knowton/domain/market'
import { exchangeAbi } from '@knowton/system/chain'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Contracts } from '../ports.ts'
import { arrangeSale, orderOf, type Sale, signOrder } from '../testing/chain-orders.ts'
import { type LocalChain, startLocalChain } from '../testing/local-chain.ts'
import { exchangeChainView, hashOrder } from './exchange-chain-view.ts'

const signal = new AbortController().signal

let chain: LocalChain
let contracts: Contracts
let sale: Sale

beforeAll(async () => {
  chain = await startLocalChain()
  const { testUsd, workToken, exchange } = chain.contracts
  const currencies = [{ address: testUsd, symbol: 'tUSD', decimals: 6 }]
  contracts = { chainId: chain.chainId, exchange, workToken, currencies }
})
afterAll(() => chain?.stop())
beforeEach(async () => {
  sale = await arrangeSale(chain)
})

const view = () => exchangeChainView(chain.client, contracts)
const factsOf = (order: Order) => view().factsOf(order, hashOrder(order, contracts), signal)

test('sees the token of an ask: its owner, epoch, royalty and approval', async () => {
  const facts = await factsOf(orderOf(chain, sale, 'ask'))
  expect(facts).toMatchObject({ counter: 0n, nonceUsed: false, filled: 0n, feeBps: 100, currencyAllowed: true })
  expect(facts.token).toEqual({ owner: lowerCase(sale.seller.address), epoch: 1n, royaltyBps: 500, isApproved: true })
  expect((await factsOf(orderOf(chain, sale, 'ask', { criteria: `0x${'7'.repeat(64)}` }))).token).toBeUndefined()
})

test('sees the money of a bid', async () => {
  expect(await factsOf(orderOf(chain, sale, 'bid'))).toMatchObject({ balance: 50_000_000n, allowance: 40_000_000n })
  const foreign = await factsOf(orderOf(chain, sale, 'bid', { currency: `0x${'9'.repeat(40)}` }))
  expect(foreign).toMatchObject({ currencyAllowed: false, balance: 0n, allowance: 0n })
})

test('sees cancelled nonces and counters', async () => {
  const exchange = { address: chain.contracts.exchange, abi: exchangeAbi } as const
  const ask = orderOf(chain, sale, 'ask', { nonce: 513n })
  await chain.mined(
    chain.wallet(sale.seller).writeContract({ ...exchange, functionName: 'cancelNonces', args: [2n, 0b10n] }),
  )
  expect((await factsOf(ask)).nonceUsed).toBe(true)
  await chain.mined(chain.wallet(sale.seller).writeContract({ ...exchange, functionName: 'cancelAll' }))
  const terms = await view().termsOf({ maker: ask.maker, nonce: 1n, tokenId: sale.tokenId }, signal)
  expect(terms.counter).toBeGreaterThan(0n)
  expect(terms).toMatchObject({ nonceUsed: false, feeBps: 100, token: { epoch: 1n } })
})

test('throws a fault that passes when the chain does not answer', async () => {
  const nobody = createChainClient({ rpcUrl: 'http://127.0.0.1:9', chainId: chain.chainId })
  const blind = exchangeChainView(nobody, contracts)
  const unreachable = { code: 'chain.unreachable', retry: 'later' }
  await expect(blind.factsOf(orderOf(chain, sale, 'ask'), `0x${'0'.repeat(64)}`, signal)).rejects.toMatchObject(
    unreachable,
  )
})

behavesAsSignatureCheck((client) => exchangeChainView(client, contracts).approves)

test('hashes orders and tells signers as the contract does', async () => {
  const order = orderOf(chain, sale, 'ask')
  const digest = hashOrder(order, contracts)
  const onChain = await chain.client.readContract({
    address: chain.contracts.exchange,
    abi: exchangeAbi,
    functionName: 'hashOrder',
    args: [order],
  })
  expect(digest).toBe(onChain)
  const signature = await signOrder(chain, sale.seller, order)
  expect(await findSigner({ account: order.maker, digest, signature }, view(), signal)).toBe('key')
  expect(await findSigner({ account: order.maker, digest, signature: '0x12' }, view(), signal)).toBeUndefined()
  // PUSH32 the ERC-1271 magic value, MSTORE it at 0, RETURN 32 bytes: a wallet that approves everything.
  const wallet: Hex = '0x00000000000000000000000000000000000a11ce'
  await chain.test.setCode({ address: wallet, bytecode: `0x7f1626ba7e${'0'.repeat(56)}60005260206000f3` })
  expect(await findSigner({ account: wallet, digest, signature: '0x12' }, view(), signal)).toBe('contract')
})
