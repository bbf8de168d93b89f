import { createTransactionNode } from '@knowton/adapters/chain'
import { testUsdAbi, workTokenAbi } from '@knowton/system/chain'
import { encodeFunctionData, maxUint256 } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Deployed, deploy } from '../testing/deployed.ts'
import { createFate, type Fate, Killed, mortalDatabase, mortalNode } from '../testing/mortal.ts'
import { openProcess } from '../testing/process.ts'
import { openServiceDatabase, type ServiceDatabase } from '../testing/service-database.ts'
import { mintRequest, settlementRequest } from '../testing/works.ts'
import { enqueue, findRequest, type RelayRequest } from './request-store.ts'

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

const ask = (...requests: readonly RelayRequest[]) => service.db.transaction((tx) => enqueue(tx, requests, new Date()))

/** Lets a process relay and follow until all is done or it dies at its point; true when it died. */
const live = async (fate: Fate): Promise<boolean> => {
  const db = mortalDatabase(service.db, fate)
  const node = mortalNode(createTransactionNode(chain.client), fate)
  try {
    await (await openProcess(chain, service, { db, node }).start()).settle()
    return false
  } catch (error) {
    if (error instanceof Killed) return true
    throw error
  }
}

const relayer = () => openProcess(chain, service).relay.signer.address
const sentByRelayer = () => chain.client.getTransactionCount({ address: relayer() })

/** Kills a process at each of its points in turn; each time a second one finishes the work. Returns how many points there were. */
const killEverywhere = async (request: () => Promise<RelayRequest>, transactions: number): Promise<number> => {
  for (let dieAt = 0; ; dieAt += 1) {
    const asked = await request()
    await ask(asked)
    const before = await sentByRelayer()
    const fate = createFate(dieAt)
    const died = await live(fate)
    await (await openProcess(chain, service).start()).settle()
    const { requestId } = asked.payload
    const told = {
      dieAt,
      sent: (await sentByRelayer()) - before,
      state: (await findRequest(service.db, requestId))?.state,
    }
    expect(told).toEqual({ dieAt, sent: transactions, state: 'confirmed' })
    if (!died) return dieAt
  }
}

/** Every nonce from the first on has exactly one transaction, and each is on the chain. */
const expectContiguous = async () => {
  const rows = await service.db.query<{ nonce: bigint }>('SELECT nonce FROM relay_transaction ORDER BY nonce', [])
  const nonces = rows.map(({ nonce }) => Number(nonce))
  expect(nonces).toEqual(nonces.map((_, index) => (nonces[0] ?? 0) + index))
  expect(nonces.at(-1)).toBe((await sentByRelayer()) - 1)
}

test('T1 T2: a mint whose relayer is killed at any point happens once, by two transactions, with no nonce left out', async () => {
  const creator = await chain.account()
  const points = await killEverywhere(async () => ({ work: 'mint', payload: await mintRequest(chain, creator) }), 2)
  expect(points).toBeGreaterThan(50)
  await expectContiguous()
  expect((await service.published()).some(({ topic }) => topic === 'relayFailed')).toBe(false)
}, 300_000)

test('T1 T2: a settlement whose relayer is killed at any point happens once, by one transaction', async () => {
  const [seller, buyer] = [await chain.account(), await chain.account()]
  const { workToken, exchange } = chain.contracts
  const mint = await mintRequest(chain, seller)
  await ask({ work: 'mint', payload: mint })
  await (await openProcess(chain, service).start()).settle()
  for (const owner of [seller, buyer]) {
    const approval = encodeFunctionData({
      abi: workTokenAbi,
      functionName: 'setApprovalForAll',
      args: [exchange, true],
    })
    await chain.send(owner, workToken, approval)
    const funds = encodeFunctionData({ abi: testUsdAbi, functionName: 'mint', args: [owner.address, 10n ** 12n] })
    await chain.send(owner, chain.testUsd, funds)
    const allowance = encodeFunctionData({ abi: testUsdAbi, functionName: 'approve', args: [exchange, maxUint256] })
    await chain.send(owner, chain.testUsd, allowance)
  }
  let nonce = 0n
  const points = await killEverywhere(async () => {
    nonce += 1n
    const [from, to] = nonce % 2n === 1n ? [seller, buyer] : [buyer, seller]
    const terms = { tokenId: mint.tokenId, price: 1_000n, nonce }
    return { work: 'settlement', payload: await settlementRequest(chain, from, to, terms) }
  }, 1)
  expect(points).toBeGreaterThan(50)
  await expectContiguous()
  const trades = (await service.published()).filter(({ topic }) => topic === 'trades')
  expect(new Set(trades.map(({ payload }) => payload.factId)).size).toBe(Number(nonce))
}, 300_000)
