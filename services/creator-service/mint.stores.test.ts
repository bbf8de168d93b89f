import { randomUUID } from 'node:crypto'
import type { Hex } from '@knowton/core'
import { workTokenAbi } from '@knowton/system/chain'
import { encodeFunctionData, serializeErc6492Signature } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, call, newCaller } from './testing/caller.ts'
import { type OpenService, openService } from './testing/open-service.ts'
import { openTestChain, type TestChain } from './testing/test-chain.ts'
import { walletFactoryAbi } from './testing/wallets.ts'
import { createWorkCalls, publishedBy, SHARES, toMessage, type WorkCalls } from './testing/work-calls.ts'

const MINTS_PER_DAY = 3

let chain: TestChain
let service: OpenService
let ada: Caller
let works: WorkCalls

beforeAll(async () => {
  chain = await openTestChain()
  service = await openService(chain, { MINTS_PER_DAY: String(MINTS_PER_DAY) })
  ada = await newCaller(service)
  works = createWorkCalls(service, chain.contracts.workToken)
})
afterAll(async () => {
  await service?.close()
  await chain?.anvil.stop()
})

test('the voucher that was signed mints the work on the chain, and the token points at the metadata', async () => {
  const { json: work } = await works.register(ada)
  const voucher = await works.voucherOf(ada, work.id)
  const signature = await works.sign(ada, voucher)
  const asked = await works.requestMint(ada, work.id, voucher, signature)
  expect(asked).toMatchObject({ status: 202, json: { state: 'minting' } })
  const [event] = await publishedBy(service, 'mint-requested', work.tokenId)
  expect(event).toMatchObject({ requestId: asked.json.mintRequestId, workId: work.id, voucher, signature })
  expect(event.split.shares).toEqual(SHARES)

  const token = { address: chain.contracts.workToken, abi: workTokenAbi } as const
  await chain.write({ ...token, functionName: 'mint', args: [toMessage(event.voucher), event.signature] })
  const args = [BigInt(work.tokenId)] as const
  expect(await chain.client.readContract({ ...token, functionName: 'tokenURI', args })).toBe(work.tokenUri)
  expect(await chain.client.readContract({ ...token, functionName: 'ownerOf', args })).toBe(ada.key.address)
  const royalty = await chain.client.readContract({ ...token, functionName: 'royaltyInfo', args: [args[0], 10_000n] })
  expect(royalty.map((part) => String(part).toLowerCase())).toEqual([work.royaltyReceiver, '500'])
})

test('a voucher that says anything else than the work, or is signed for elsewhere, is refused', async () => {
  const caller = await newCaller(service)
  const { json: work } = await works.register(caller)
  const voucher = await works.voucherOf(caller, work.id, `?to=0x${'7'.repeat(40)}`)
  expect(voucher.to).toBe(`0x${'7'.repeat(40)}`)
  const changes = [
    { royaltyBps: 400 },
    { royaltyReceiver: caller.address },
    { uriHash: voucher.contentHash },
    { to: `0x${'0'.repeat(40)}` },
    { price: '1' },
    { validUntil: voucher.validUntil + 1_000 },
    { counter: '1' },
  ]
  for (const change of changes) {
    const changed = { ...voucher, ...change }
    const { json } = await works.requestMint(caller, work.id, changed, await works.sign(caller, changed))
    expect(json.code).toBe('mint.voucher')
    expect(json.detail).toContain(Object.keys(change)[0])
  }
  const wrong = [
    await works.sign(ada, voucher),
    await works.sign(caller, { ...voucher, nonce: '1' }),
    await works.sign(caller, voucher, chain.contracts.splitterFactory),
    await works.sign(caller, voucher, chain.contracts.workToken, 1),
    '0x' as const,
    `0x${'00'.repeat(65)}` as const,
  ]
  for (const signature of wrong) {
    expect((await works.requestMint(caller, work.id, voucher, signature)).json.code).toBe('mint.signature')
  }
  expect(await publishedBy(service, 'mint-requested', work.tokenId)).toEqual([])
  expect((await call(service, `GET /content/${work.id}`)).json.state).toBe('registered')
})

test('the works of a contract wallet are minted once it is deployed, whichever way it signs', async () => {
  const { key } = ada
  const factory = { address: chain.contracts.walletFactory, abi: walletFactoryAbi } as const
  const wallet = await chain.client.readContract({ ...factory, functionName: 'walletOf', args: [key.address] })
  const deploying = { ...factory, functionName: 'deploy', args: [key.address] } as const
  const wrap = (signature: Hex) =>
    serializeErc6492Signature({ address: factory.address, data: encodeFunctionData(deploying), signature })
  const owner = await newCaller(service, { address: wallet, key, wrap })
  const { json: work } = await works.register(owner)
  const voucher = await works.voucherOf(owner, work.id)
  const signature = await works.sign(owner, voucher)
  expect((await works.requestMint(owner, work.id, voucher, wrap(signature))).json.code).toBe('mint.signature')
  await chain.write(deploying)
  expect((await works.requestMint(owner, work.id, voucher, wrap(signature))).json.state).toBe('minting')
  const [event] = await publishedBy(service, 'mint-requested', work.tokenId)
  expect(event.signature).toBe(signature)
  const token = { address: chain.contracts.workToken, abi: workTokenAbi } as const
  await chain.write({ ...token, functionName: 'mint', args: [toMessage(event.voucher), event.signature] })
  expect(await chain.client.readContract({ ...token, functionName: 'ownerOf', args: [BigInt(work.tokenId)] })).toBe(
    wallet,
  )
})

test('only the creator gets a voucher, and asks once', async () => {
  const caller = await newCaller(service)
  const { json: work } = await works.register(caller)
  const path = `/content/${work.id}/voucher` as const
  expect((await call(service, `GET ${path}`, { token: ada.token })).json.code).toBe('work.not-yours')
  const voucher = await works.voucherOf(caller, work.id)
  const signature = await works.sign(caller, voucher)
  expect((await works.requestMint(ada, work.id, voucher, signature)).json.code).toBe('work.not-yours')
  const answers = await Promise.all([1, 2, 3].map(() => works.requestMint(caller, work.id, voucher, signature)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409, 409])
  expect((await call(service, `GET ${path}`, { token: caller.token })).json.code).toBe('mint.requested')
  expect(await publishedBy(service, 'mint-requested', work.tokenId)).toHaveLength(1)
})

test('the same request under one key asks once and answers the same', async () => {
  const caller = await newCaller(service)
  const { json: work } = await works.register(caller)
  const voucher = await works.voucherOf(caller, work.id)
  const request = {
    token: caller.token,
    body: { voucher, signature: await works.sign(caller, voucher) },
    headers: { 'idempotency-key': randomUUID() },
  }
  const first = await call(service, `POST /content/${work.id}/mint`, request)
  const second = await call(service, `POST /content/${work.id}/mint`, request)
  expect(second.json).toEqual(first.json)
  expect(await publishedBy(service, 'mint-requested', work.tokenId)).toHaveLength(1)
})

test('an account may ask for so many mints a day, even at once', async () => {
  const caller = await newCaller(service)
  const registered: Answer['json'][] = []
  for (let count = 0; count < MINTS_PER_DAY + 1; count += 1) registered.push((await works.register(caller)).json)
  const answers = await Promise.all(registered.map(({ id }) => works.askForMint(caller, id)))
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(MINTS_PER_DAY)
  const over = answers.find(({ status }) => status === 429)
  expect(over?.json).toMatchObject({ code: 'mint.quota' })
  const before = service.clock.now
  service.clock.now = new Date(Date.parse(over?.json.facts.freeAt))
  const late = await newToken(caller)
  const left = registered.find((work) => !answers.some(({ json }) => json.id === work.id))
  expect((await works.askForMint({ ...caller, token: late }, left.id)).status).toBe(202)
  service.clock.now = before
})

const newToken = async (caller: Caller): Promise<string> =>
  (await call(service, 'POST /auth/refresh', { body: { refreshToken: caller.refreshToken } })).json.accessToken
