import { randomUUID } from 'node:crypto'
import { createBlockSource, createSigner, createTransactionNode } from '@knowton/adapters/chain'
import { silentLog } from '@knowton/adapters/postgres/testing'
import type { Event } from '@knowton/core'
import { royaltySplitterAbi, testUsdAbi, workTokenAbi } from '@knowton/system/chain'
import { encodeFunctionData, maxUint256 } from 'viem'
import type { PrivateKeyAccount } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { mintRequested } from './consumers/mint-requested.ts'
import { ordersMatched } from './consumers/orders-matched.ts'
import { followChain } from './jobs/follow-chain.ts'
import { relayRequests } from './jobs/relay-requests.ts'
import { createWakeup } from './jobs/wakeup.ts'
import type { Ports } from './ports.ts'
import type { MintRequest, RelayView, SettlementRequest } from './relay/request-store.ts'
import { followTransaction } from './routes/follow-transaction.ts'
import { getContracts } from './routes/get-contracts.ts'
import { getRoyalties } from './routes/get-royalties.ts'
import { getToken } from './routes/get-token.ts'
import { getTransaction } from './routes/get-transaction.ts'
import { listTokens } from './routes/list-tokens.ts'
import { type Deployed, deploy } from './testing/deployed.ts'
import { openServiceDatabase, type ServiceDatabase } from './testing/service-database.ts'
import { mintRequest, settlementRequest } from './testing/works.ts'

let chain: Deployed
let service: ServiceDatabase
let ports: Ports
let stopping: AbortController
let jobs: Promise<unknown>
const stopped = new Error('stopped')

const startJobs = () => {
  stopping = new AbortController()
  const { publish } = service
  const context = { ports, publish, log: silentLog, clock: () => new Date(), signal: stopping.signal }
  jobs = Promise.all([followChain(context), relayRequests(context)])
}
const stopJobs = async () => {
  stopping.abort(stopped)
  await jobs.catch((error: unknown) => {
    if (error !== stopped) throw error
  })
}

beforeAll(async () => {
  chain = await deploy(1)
  service = await openServiceDatabase()
})
afterAll(async () => {
  await service?.close()
  await chain?.anvil.stop()
})
beforeEach(async () => {
  await service.empty()
  ports = {
    db: service.db,
    client: chain.client,
    blocks: createBlockSource(chain.client),
    node: createTransactionNode(chain.client),
    signer: createSigner(chain.relayerKey, chain.contracts.chainId),
    contracts: chain.contracts,
    relay: { stuckSeconds: 60, maxFeePerGasWei: 500_000_000_000n, leaseMs: 5_000 },
    pollMs: 50,
    holder: randomUUID(),
    wakeups: { follower: createWakeup(), sender: createWakeup() },
  }
  startJobs()
})
afterEach(stopJobs)

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

/** Hands what was asked for to the consumers, as the kit does. */
const hear = (work: { readonly mints?: readonly MintRequest[]; readonly matches?: readonly SettlementRequest[] }) =>
  service.db.transaction(async (tx) => {
    const { publish } = service
    const context = { ports, publish, tx, log: silentLog, signal: stopping.signal, now: new Date() }
    await mintRequested.batch((work.mints ?? []).map(eventOf), context)
    await ordersMatched.batch((work.matches ?? []).map(eventOf), context)
  })

const call = () => ({
  ports,
  publish: service.publish,
  user: undefined,
  tx: undefined,
  requestId: randomUUID(),
  log: silentLog,
  signal: stopping.signal,
  now: new Date(),
})
const none = { params: undefined, query: undefined, headers: undefined, body: undefined }

/** Watches a request by its route until it ends; mines blocks once it is in one, so that it becomes final. */
const watch = async (requestId: string): Promise<readonly RelayView[]> => {
  const answer = await followTransaction({ ...none, params: { requestId } }, call())
  if (!answer.ok) throw new Error('refused')
  const seen: RelayView[] = []
  for await (const view of answer.value) {
    seen.push(view)
    if (view.state === 'confirmed') await chain.anvil.ask('anvil_mine', '0x3')
  }
  return seen
}
const read = async <T>(answer: Promise<{ ok: true; value: T } | { ok: false; refusal: unknown }>): Promise<T> => {
  const got = await answer
  if (!got.ok) throw new Error(JSON.stringify(got.refusal))
  return got.value
}
const tokenOf = (tokenId: bigint) => read(getToken({ ...none, params: { tokenId } }, call()))
const royaltiesOf = (tokenId: bigint) => read(getRoyalties({ ...none, params: { tokenId } }, call()))

const minted = async (creator: PrivateKeyAccount): Promise<MintRequest> => {
  const request = await mintRequest(chain, creator)
  await hear({ mints: [request] })
  expect((await watch(request.requestId)).at(-1)?.state).toBe('final')
  return request
}

/** Lets the exchange take the seller's tokens and a million units of the buyer's money. */
const allow = async (seller: PrivateKeyAccount, buyer: PrivateKeyAccount) => {
  const { workToken, exchange } = chain.contracts
  const approval = { functionName: 'setApprovalForAll', args: [exchange, true] } as const
  await chain.send(seller, workToken, encodeFunctionData({ abi: workTokenAbi, ...approval }))
  const funds = { functionName: 'mint', args: [buyer.address, 1_000_000n] } as const
  await chain.send(buyer, chain.testUsd, encodeFunctionData({ abi: testUsdAbi, ...funds }))
  const allowance = { functionName: 'approve', args: [exchange, maxUint256] } as const
  await chain.send(buyer, chain.testUsd, encodeFunctionData({ abi: testUsdAbi, ...allowance }))
}

test('a requested mint is told state by state until it is final, even to who asks before it is known', async () => {
  const request = await mintRequest(chain, await chain.account())
  const watching = watch(request.requestId)
  await hear({ mints: [request] })
  const seen = await watching
  const order = ['queued', 'signed', 'sent', 'confirmed', 'final']
  const places = seen.map(({ state }) => order.indexOf(state))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toMatchObject({ state: 'final', work: 'mint', failure: null })
  expect(seen.at(-1)?.gasUsed).toBeGreaterThan(100_000n)
  const answer = await read(getTransaction({ ...none, params: { requestId: request.requestId } }, call()))
  expect(answer).toEqual(seen.at(-1))
})

test('an unknown request is refused, an unknown token too', async () => {
  const params = { requestId: randomUUID() }
  expect(await getTransaction({ ...none, params }, call())).toMatchObject({ refusal: { kind: 'transaction.unknown' } })
  expect(await getToken({ ...none, params: { tokenId: 1n } }, call())).toMatchObject({
    refusal: { kind: 'token.unknown' },
  })
  const royalties = await getRoyalties({ ...none, params: { tokenId: 1n } }, call())
  expect(royalties).toMatchObject({ refusal: { kind: 'token.unknown' } })
})

test('a token is what the chain has: its owner, its transfer count, its metadata address', async () => {
  const creator = await chain.account()
  const { tokenId, voucher } = await minted(creator)
  const token = await tokenOf(tokenId)
  expect(token).toMatchObject({ owner: voucher.to, creator: voucher.creator, epoch: 1n, finality: 'finalized' })
  const uri = {
    address: chain.contracts.workToken,
    abi: workTokenAbi,
    functionName: 'tokenURI',
    args: [tokenId],
  } as const
  expect(token.tokenUri).toBe(await chain.client.readContract(uri))
})

test('tokens are listed newest first, page by page, whole or by owner', async () => {
  const [creator, other] = [await chain.account(), await chain.account()]
  const ids: bigint[] = []
  for (const account of [creator, other, creator]) ids.push((await minted(account)).tokenId)
  const list = (query: Partial<Parameters<typeof listTokens>[0]['query']>) =>
    read(listTokens({ ...none, query: { limit: 20, ...query } }, call()))
  const first = await list({ limit: 2 })
  const second = await list({ limit: 2, ...(first.next === null ? {} : { cursor: first.next }) })
  const paged = [...first.items, ...second.items].map(({ tokenId }) => tokenId)
  expect(paged.filter((tokenId) => ids.includes(tokenId))).toEqual(ids.toReversed())
  expect(second.items.every(({ tokenId }) => !first.items.some((item) => item.tokenId === tokenId))).toBe(true)
  const owner = creator.address.toLowerCase() as `0x${string}`
  expect((await list({ owner })).items.map(({ tokenId }) => tokenId)).toEqual([ids[2], ids[0]])
  await expect(list({ cursor: 'x' })).rejects.toMatchObject({ code: 'request.invalid' })
})

test('a settled trade pays the splitter; its holders see and claim their exact shares', async () => {
  const [seller, buyer] = [await chain.account(), await chain.account()]
  const { tokenId, voucher } = await minted(seller)
  await allow(seller, buyer)
  const match = await settlementRequest(chain, seller, buyer, { tokenId, price: 500_001n, nonce: 1n })
  await hear({ matches: [match] })
  expect((await watch(match.requestId)).at(-1)?.state).toBe('final')
  expect(await tokenOf(tokenId)).toMatchObject({ owner: buyer.address.toLowerCase(), epoch: 2n })
  const before = await royaltiesOf(tokenId)
  // 5 % of 500 001 is 25 000, of which 75 % and 25 %.
  expect(before.received).toContainEqual({ currency: chain.testUsd, total: 25_000n })
  const dollars = (royalties: typeof before) =>
    royalties.positions.map(({ amounts }) => amounts.find(({ currency }) => currency === chain.testUsd))
  expect(dollars(before)).toMatchObject([
    { claimable: 18_750n, claimed: 0n },
    { claimable: 6_250n, claimed: 0n },
  ])
  const claim = encodeFunctionData({ abi: royaltySplitterAbi, functionName: 'claim', args: [0n, chain.testUsd] })
  await chain.send(buyer, voucher.royaltyReceiver, claim)
  expect(dollars(await royaltiesOf(tokenId))).toMatchObject([
    { claimable: 0n, claimed: 18_750n },
    { claimable: 6_250n, claimed: 0n },
  ])
  // A further mint is final only after everything before it has been followed.
  await minted(seller)
  const told = (await service.published()).filter(({ payload }) => payload.splitter === voucher.royaltyReceiver)
  const finals = told.filter(({ payload }) => payload.finality === 'finalized')
  expect(finals.map(({ payload }) => [payload.kind, payload.amount ?? null])).toEqual([
    ['split-created', null],
    ['paid', '25000'],
    ['claimed', '18750'],
  ])
})

test('of a token minted elsewhere whose receiver is no splitter, the receiver holds the whole', async () => {
  const creator = await chain.account()
  const receiver = (await chain.account()).address.toLowerCase() as `0x${string}`
  const { voucher, signature, tokenId } = await mintRequest(chain, creator, { royaltyReceiver: receiver })
  const mint = encodeFunctionData({ abi: workTokenAbi, functionName: 'mint', args: [voucher, signature] })
  await chain.send(creator, chain.contracts.workToken, mint)
  await minted(creator)
  const royalties = await royaltiesOf(tokenId)
  expect(royalties.splitter).toBe(receiver)
  expect(royalties.positions).toMatchObject([{ position: 0, holder: receiver, sharePpm: 1_000_000 }])
})

test('tells the chain, the contracts, the fee and the followed head', async () => {
  await minted(await chain.account())
  const { head, ...contracts } = await read(getContracts(none, call()))
  const { deploymentBlock: _, ...places } = chain.contracts
  expect(contracts).toEqual({ ...places, feeBps: 100 })
  expect(head?.number).toBeGreaterThan(0)
})

test('many mints and a stop in the middle: everything is carried on with and happens once', async () => {
  const creator = await chain.account()
  const requests = await Promise.all(Array.from({ length: 30 }, () => mintRequest(chain, creator)))
  await hear({ mints: requests })
  await stopJobs()
  startJobs()
  const ends = await Promise.all(requests.map(({ requestId }) => watch(requestId)))
  expect(ends.map((states) => states.at(-1)?.state)).toEqual(requests.map(() => 'final'))
  const sent = await service.db.query(`SELECT FROM relay_transaction WHERE purpose = 'mint'`, [])
  expect(sent).toHaveLength(requests.length)
})
