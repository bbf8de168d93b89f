import { randomUUID } from 'node:crypto'
import { createTransactionNode, type TransactionNode } from '@knowton/adapters/chain'
import { Fault, type Hex } from '@knowton/core'
import { exchangeAbi, royaltySplitterAbi, testUsdAbi, workTokenAbi } from '@knowton/system/chain'
import { encodeFunctionData } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Deployed, deploy } from '../testing/deployed.ts'
import { openProcess } from '../testing/process.ts'
import { openServiceDatabase, type ServiceDatabase } from '../testing/service-database.ts'
import { allowTrading } from '../testing/trading.ts'
import { mintRequest, settlementRequest } from '../testing/works.ts'
import { fenced, takeLease } from './lease.ts'
import { enqueue, findRequest, type MintRequest, type RelayRequest } from './request-store.ts'

let chain: Deployed
let service: ServiceDatabase
beforeAll(async () => {
  chain = await deploy(32)
  service = await openServiceDatabase()
})
afterAll(async () => {
  await service?.close()
  await chain?.anvil.stop()
})
beforeEach(() => service.empty())

const ask = async (...requests: readonly RelayRequest[]) =>
  service.db.transaction((tx) => enqueue(tx, requests, new Date()))
const mintOf = (payload: MintRequest): RelayRequest => ({ work: 'mint', payload })
const stateOf = async (requestId: string) => {
  const found = await findRequest(service.db, requestId)
  return found && { state: found.state, code: found.failure?.code, sent: found.transactionHashes.length }
}
/** Mines until everything mined so far is final. */
const finalize = () => chain.anvil.ask('anvil_mine', '0x41')
const ownerOf = (tokenId: bigint): Promise<Hex> =>
  chain.client.readContract({
    address: chain.contracts.workToken,
    abi: workTokenAbi,
    functionName: 'ownerOf',
    args: [tokenId],
  })
const relayerTransactions = () =>
  chain.client.getTransactionCount({ address: openProcess(chain, service).relay.signer.address })

/** A token of `seller` that the exchange may move, and a buyer with money that it may take. */
const market = async () => {
  const seller = await chain.account()
  const buyer = await chain.account()
  const mint = await mintRequest(chain, seller)
  await ask(mintOf(mint))
  await (await openProcess(chain, service).start()).settle()
  await allowTrading(chain, seller, buyer)
  return { seller, buyer, tokenId: mint.tokenId }
}
const usdOf = (account: PrivateKeyAccount): Promise<bigint> =>
  chain.client.readContract({
    address: chain.testUsd,
    abi: testUsdAbi,
    functionName: 'balanceOf',
    args: [account.address],
  })

test('mints for a creator, deploys the splitter before, and is final once the block is', async () => {
  const creator = await chain.account()
  const request = await mintRequest(chain, creator)
  await ask(mintOf(request))
  const running = await openProcess(chain, service).start()
  await running.settle()
  expect(await stateOf(request.requestId)).toEqual({ state: 'confirmed', code: undefined, sent: 1 })
  expect((await ownerOf(request.tokenId)).toLowerCase()).toBe(request.voucher.to)
  const [holders] = await chain.client.readContract({
    address: request.voucher.royaltyReceiver,
    abi: royaltySplitterAbi,
    functionName: 'positions',
  })
  expect(holders.map((holder) => holder.toLowerCase())).toEqual(request.split.shares.map(({ address }) => address))
  await finalize()
  await running.settle()
  expect(await stateOf(request.requestId)).toEqual({ state: 'final', code: undefined, sent: 1 })
})

test('a mint that cannot take effect fails with the contract reason and costs no gas', async () => {
  const request = await mintRequest(chain, await chain.account(), { validUntil: 1 })
  await ask(mintOf(request))
  const before = await relayerTransactions()
  await (await openProcess(chain, service).start()).settle()
  expect(await stateOf(request.requestId)).toEqual({ state: 'failed', code: 'WorkTokenVoucherExpired', sent: 0 })
  expect(await relayerTransactions()).toBe(before)
  const told = (await service.published()).filter(({ topic }) => topic === 'relayFailed')
  expect(told.map(({ payload }) => payload)).toMatchObject([
    { requestId: request.requestId, work: 'mint', code: 'WorkTokenVoucherExpired', transactionHash: null },
  ])
})

test('the same request again changes nothing; another one under its id is refused', async () => {
  const request = await mintRequest(chain, await chain.account())
  await ask(mintOf(request))
  await ask(mintOf(request))
  const other = { ...(await mintRequest(chain, await chain.account())), requestId: request.requestId }
  await expect(ask(mintOf(other))).rejects.toMatchObject({ code: 'relay.request-differs' })
  const [row] = await service.db.query<{ n: bigint }>('SELECT count(*) AS n FROM relay_request', [])
  expect(row?.n).toBe(1n)
})

test('of two requests for one token the second fails once the first is mined', async () => {
  const creator = await chain.account()
  const first = await mintRequest(chain, creator)
  const second = { ...first, requestId: randomUUID() }
  await chain.anvil.ask('evm_setAutomine', false)
  await ask(mintOf(first))
  const running = await openProcess(chain, service).start()
  await running.relayRound()
  await ask(mintOf(second))
  await running.relayRound()
  await chain.anvil.ask('evm_setAutomine', true)
  await chain.anvil.ask('anvil_mine', '0x1')
  await running.settle()
  await finalize()
  await running.settle()
  expect((await stateOf(first.requestId))?.state).toBe('final')
  expect(await stateOf(second.requestId)).toMatchObject({ state: 'failed', code: 'WorkTokenAlreadyMinted' })
})

test('settles matches in one transaction; one that cannot settle fails alone', async () => {
  const { seller, buyer, tokenId } = await market()
  const poor = await chain.account()
  const good = await settlementRequest(chain, seller, buyer, { tokenId, price: 500_000n, nonce: 1n })
  const bad = await settlementRequest(chain, seller, poor, { tokenId, price: 600_000n, nonce: 2n })
  await ask({ work: 'settlement', payload: good }, { work: 'settlement', payload: bad })
  const running = await openProcess(chain, service).start()
  await running.settle()
  await finalize()
  await running.settle()
  expect((await stateOf(good.requestId))?.state).toBe('final')
  expect((await stateOf(bad.requestId))?.state).toBe('failed')
  expect((await ownerOf(tokenId)).toLowerCase()).toBe(buyer.address.toLowerCase())
  expect(await usdOf(buyer)).toBe(500_000n)
  // 1 % fee and 5 % royalty are taken from the price.
  expect(await usdOf(seller)).toBe(470_000n)
})

test('a match that fails only in the block is failed by the event of the exchange, and not before the block is final', async () => {
  const { seller, buyer, tokenId } = await market()
  const match = await settlementRequest(chain, seller, buyer, { tokenId, price: 500_000n, nonce: 3n })
  await ask({ work: 'settlement', payload: match })
  await chain.anvil.ask('evm_setAutomine', false)
  const running = await openProcess(chain, service).start()
  await running.relayRound()
  expect((await stateOf(match.requestId))?.state).toBe('sent')
  const pending = await chain.anvil.ask<{ pending: Record<string, Record<string, { hash: Hex; input: Hex }>> }>(
    'txpool_content',
  )
  const ours = Object.values(pending.pending).flatMap((byNonce) => Object.values(byNonce))
  await chain.anvil.ask('anvil_dropAllTransactions')
  await chain.anvil.ask('evm_setAutomine', true)
  // The seller takes the order back before the settlement gets into a block.
  const cancel = encodeFunctionData({ abi: exchangeAbi, functionName: 'cancelNonces', args: [0n, 8n] })
  await chain.send(seller, chain.contracts.exchange, cancel)
  expect(ours).toHaveLength(1)
  const [attempt] = await service.db.query<{ raw: Hex }>(
    'SELECT raw FROM relay_attempt ORDER BY signed_at DESC LIMIT 1',
    [],
  )
  await chain.anvil.ask('eth_sendRawTransaction', attempt?.raw)
  await running.settle()
  expect(await stateOf(match.requestId)).toMatchObject({ state: 'confirmed', code: 'ExchangeNonceUsed' })
  expect((await service.published()).some(({ topic }) => topic === 'relayFailed')).toBe(false)
  await finalize()
  await running.settle()
  expect(await stateOf(match.requestId)).toMatchObject({ state: 'failed', code: 'ExchangeNonceUsed' })
  expect((await service.published()).filter(({ topic }) => topic === 'relayFailed')).toHaveLength(1)
  expect((await ownerOf(tokenId)).toLowerCase()).toBe(seller.address.toLowerCase())
})

test('what a reorg undoes is sent again with the same bytes and is mined again', async () => {
  const request = await mintRequest(chain, await chain.account())
  const running = await openProcess(chain, service).start()
  await ask(mintOf(request))
  await running.settle()
  expect((await stateOf(request.requestId))?.state).toBe('confirmed')
  await chain.anvil.ask('anvil_reorg', 2, [])
  await chain.anvil.ask('anvil_mine', '0x1')
  await expect(ownerOf(request.tokenId)).rejects.toThrow()
  const process = openProcess(chain, service)
  await process.followAll()
  expect((await stateOf(request.requestId))?.state).toBe('signed')
  await running.settle()
  expect(await stateOf(request.requestId)).toEqual({ state: 'confirmed', code: undefined, sent: 1 })
  expect((await ownerOf(request.tokenId)).toLowerCase()).toBe(request.voucher.to)
  const mints = (await service.published()).filter(
    ({ topic, payload }) => topic === 'nftMinted' && payload.tokenId === request.tokenId.toString(),
  )
  expect(mints.map(({ payload }) => payload.reverted)).toEqual([false, true, false])
  expect(mints[1]?.payload.factId).toBe(mints[0]?.payload.factId)
  expect(mints[2]?.payload.factId).not.toBe(mints[0]?.payload.factId)
})

test.each(['before', 'after'])(
  'a send that breaks off %s the node has the bytes is repeated with the same bytes',
  async (when) => {
    const request = await mintRequest(chain, await chain.account())
    await ask(mintOf(request))
    const real = createTransactionNode(chain.client)
    let breaks = 1
    const node: TransactionNode = {
      ...real,
      send: async (raw, signal) => {
        breaks -= 1
        if (breaks < 0) return real.send(raw, signal)
        if (when === 'after') await real.send(raw, signal)
        throw new Fault('chain.unreachable', 'The chain does not answer.', { retry: 'later' })
      },
    }
    const before = await relayerTransactions()
    const running = await openProcess(chain, service, { node }).start()
    await expect(running.settle()).rejects.toMatchObject({ code: 'chain.unreachable' })
    await running.settle()
    expect(await stateOf(request.requestId)).toEqual({ state: 'confirmed', code: undefined, sent: 1 })
    expect((await relayerTransactions()) - before).toBe(2)
  },
)

test('what is stuck is replaced at its nonce for at least an eighth more; whichever is mined counts', async () => {
  const request = await mintRequest(chain, await chain.account())
  await chain.anvil.ask('evm_setAutomine', false)
  await ask(mintOf(request))
  let now = Date.now()
  const running = await openProcess(chain, service, { clock: () => new Date(now) }).start()
  await running.relayRound()
  now += 61_000
  await running.relayRound()
  const attempts = await service.db.query<{ id: bigint; fee: bigint; tip: bigint }>(
    `SELECT transaction_id AS id, max_fee_per_gas_wei AS fee, max_priority_fee_per_gas_wei AS tip
     FROM relay_attempt ORDER BY transaction_id, number`,
    [],
  )
  const byTransaction = [...Map.groupBy(attempts, ({ id }) => id).values()]
  expect(byTransaction).toHaveLength(2)
  for (const [first, second] of byTransaction) {
    expect(Number(second?.fee)).toBeGreaterThanOrEqual(Number(first?.fee) * 1.125)
    expect(Number(second?.tip)).toBeGreaterThanOrEqual(Number(first?.tip) * 1.125)
  }
  await chain.anvil.ask('evm_setAutomine', true)
  await chain.anvil.ask('anvil_mine', '0x1')
  await running.settle()
  expect(await stateOf(request.requestId)).toMatchObject({ state: 'confirmed', sent: 2 })
})

test('no replacement offers more than the budget', async () => {
  const request = await mintRequest(chain, await chain.account())
  await chain.anvil.ask('evm_setAutomine', false)
  await ask(mintOf(request))
  let now = Date.now()
  const budget = 3_000_000_000n
  const changes = { clock: () => new Date(now), settings: { maxFeePerGasWei: budget } }
  const running = await openProcess(chain, service, changes).start()
  for (let round = 0; round < 12; round += 1) {
    await running.relayRound()
    now += 61_000
  }
  const [highest] = await service.db.query<{ fee: bigint; attempts: bigint }>(
    'SELECT max(max_fee_per_gas_wei) AS fee, count(*) AS attempts FROM relay_attempt',
    [],
  )
  expect(highest?.fee).toBeLessThanOrEqual(budget)
  expect(Number(highest?.attempts)).toBeGreaterThan(2)
  await chain.anvil.ask('evm_setAutomine', true)
  await chain.anvil.ask('anvil_mine', '0x1')
  await running.settle()
})

test('a process whose lease was taken can write nothing any more', async () => {
  const { relay } = openProcess(chain, service)
  const signer = relay.signer.address
  const take = (holder: string, leaseMs: number) => takeLease(service.db, { signer, holder, leaseMs }, async () => 7)
  const [a, b] = [randomUUID(), randomUUID()]
  const old = await take(a, 0)
  const young = await take(b, 60_000)
  if (old === undefined || young === undefined) throw new Error('no lease')
  expect(young.token).toBeGreaterThan(old.token)
  await expect(fenced(service.db, old, async () => 'wrote')).rejects.toMatchObject({ code: 'relay.lease-lost' })
  await expect(fenced(service.db, young, async () => 'wrote')).resolves.toBe('wrote')
  expect(await take(a, 60_000)).toBeUndefined()
})

test('refuses to send when the key has been used elsewhere', async () => {
  const process = openProcess(chain, service)
  await process.start()
  await service.db.query('UPDATE relay_signer SET next_nonce = next_nonce - 1', [])
  await expect(process.start()).rejects.toMatchObject({ code: 'relay.foreign-nonce' })
})

test('fills nonces that the books gave out and hold nothing for, so that later ones are mined', async () => {
  const process = openProcess(chain, service)
  await process.start()
  await service.db.query('UPDATE relay_signer SET next_nonce = next_nonce + 2', [])
  const request = await mintRequest(chain, await chain.account())
  await ask(mintOf(request))
  await (await process.start()).settle()
  expect((await stateOf(request.requestId))?.state).toBe('confirmed')
  const gaps = await service.db.query(`SELECT FROM relay_transaction WHERE purpose = 'gap' AND state = 'mined'`, [])
  expect(gaps).toHaveLength(2)
})
