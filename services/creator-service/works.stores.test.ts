import { createHash, randomBytes } from 'node:crypto'
import type { Hex } from '@knowton/core'
import { royaltySplitterAbi, royaltySplitterFactoryAbi } from '@knowton/system/chain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, call, newCaller } from './testing/caller.ts'
import { type OpenService, openService } from './testing/open-service.ts'
import { openTestChain, type TestChain } from './testing/test-chain.ts'
import { createWorkCalls, publishedBy, SHARES, type WorkCalls } from './testing/work-calls.ts'

let chain: TestChain
let service: OpenService
let ada: Caller
let works: WorkCalls

beforeAll(async () => {
  chain = await openTestChain()
  service = await openService(chain)
  ada = await newCaller(service)
  works = createWorkCalls(service, chain.contracts.workToken)
})
afterAll(async () => {
  await service?.close()
  await chain?.anvil.stop()
})

test('a work is registered with everything that its token will carry', async () => {
  const bytes = randomBytes(100)
  const { status, json: work } = await works.register(ada, {}, bytes)
  const contentHash = `0x${createHash('sha256').update(bytes).digest('hex')}`
  expect(status).toBe(201)
  expect(work).toMatchObject({
    state: 'registered',
    creator: ada.account,
    contentHash,
    tokenId: ((BigInt(ada.address) << 96n) | (BigInt(contentHash) & (2n ** 96n - 1n))).toString(),
    shares: SHARES,
    owner: null,
    mintRequestId: null,
  })
  expect((await call(service, `GET /content/${work.id}`)).json).toEqual(work)
  expect(await publishedBy(service, 'content-registered', work.id)).toMatchObject([{ workId: work.id, contentHash }])
})

test('royalties go to the splitter that the factory deploys for these shares', async () => {
  const { json: work } = await works.register(ada)
  const salt: Hex = `0x${work.id.replaceAll('-', '').padStart(64, '0')}`
  const recipients = SHARES.map(({ address }) => address)
  const parts = SHARES.map(({ sharePpm }) => sharePpm)
  const factory = { address: chain.contracts.splitterFactory, abi: royaltySplitterFactoryAbi } as const
  expect(await chain.client.getCode({ address: work.royaltyReceiver })).toBeUndefined()
  await chain.write({ ...factory, functionName: 'createSplitter', args: [recipients, parts, salt] })
  const [holders, shares] = await chain.client.readContract({
    address: work.royaltyReceiver,
    abi: royaltySplitterAbi,
    functionName: 'positions',
  })
  expect({ holders: holders.map((holder) => holder.toLowerCase()), shares }).toEqual({
    holders: recipients,
    shares: parts,
  })
})

test('the metadata are the very bytes that the token is bound to, and are not sent twice', async () => {
  const { json: work } = await works.register(ada, { title: 'Ünï "code" \u{1f3b9}' })
  const metadata = await call(service, `GET /content/${work.id}/metadata`)
  expect(`0x${createHash('sha256').update(metadata.bytes).digest('hex')}`).toBe(work.uriHash)
  expect(work.tokenUri).toBe(`ipfs://f01551220${work.uriHash.slice(2)}`)
  expect(metadata.json).toMatchObject({
    name: 'Ünï "code" \u{1f3b9}',
    content: `ipfs://${work.cid}`,
    properties: { contentHash: work.contentHash, creator: ada.account, royaltyBps: 500, shares: SHARES },
  })
  expect(metadata.headers.get('content-type')).toBe('application/json')
  const headers = { 'if-none-match': metadata.headers.get('etag') ?? '' }
  expect((await call(service, `GET /content/${work.id}/metadata`, { headers })).status).toBe(304)
})

test('the same bytes are one work of a creator, and may be a work of another', async () => {
  const bytes = randomBytes(64)
  const { json: work } = await works.register(ada, {}, bytes)
  const again = await works.register(ada, { title: 'Another name' }, bytes)
  expect(again.json).toMatchObject({ code: 'work.duplicate', status: 409, facts: { workId: work.id } })
  expect((await works.register(await newCaller(service), {}, bytes)).status).toBe(201)
})

test('of two registrations of the same bytes at once, one is the work', async () => {
  const bytes = randomBytes(64)
  const answers = await Promise.all([works.register(ada, {}, bytes), works.register(ada, {}, bytes)])
  const work = answers.find(({ status }) => status === 201)?.json
  const duplicate = answers.find(({ status }) => status === 409)?.json
  expect(duplicate).toMatchObject({ code: 'work.duplicate', facts: { workId: work.id } })
})

test('shares that are no split are refused with the reason', async () => {
  const [one, two] = SHARES
  const wrong: readonly [readonly object[], RegExp][] = [
    [[one], /sum to 700000/],
    [[one, { ...two, sharePpm: 300_001 }], /sum to 1000001/],
    [[one, { ...two, address: one.address }], /named twice/],
    [[{ address: `0x${'0'.repeat(40)}`, sharePpm: 1_000_000 }], /zero address/],
  ]
  for (const [shares, why] of wrong) {
    const { json } = await works.register(ada, { shares })
    expect(json.code).toBe('work.shares')
    expect(json.detail).toMatch(why)
  }
  const mixed = `0x${'aB'.repeat(20)}`
  const twice = [mixed, mixed.toLowerCase()].map((address) => ({ address, sharePpm: 500_000 }))
  expect((await works.register(ada, { shares: twice })).json.code).toBe('work.shares')
  expect((await works.register(ada, { royaltyBps: 1_001 })).json.code).toBe('request.invalid')
})

test("an upload that is not stored, or is another's, becomes no work", async () => {
  const { json } = await call(service, 'POST /content/uploads', {
    token: ada.token,
    body: { fileName: 'a', sizeBytes: 3 },
  })
  const body = { uploadId: json.id, title: 'x', shares: SHARES, royaltyBps: 0 }
  expect((await call(service, 'POST /content', { token: ada.token, body })).json.code).toBe('upload.incomplete')
  const { token } = await newCaller(service)
  expect((await call(service, 'POST /content', { token, body })).json.code).toBe('upload.unknown')
})

test('works are listed newest first, page by page, of all or of one creator', async () => {
  const bob = await newCaller(service)
  const ids: string[] = []
  for (let count = 0; count < 3; count += 1) ids.unshift((await works.register(bob)).json.id)
  const first = await call(service, `GET /content?creator=${bob.account}&limit=2`)
  expect(first.json.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2))
  const second = await call(service, `GET /content?creator=${bob.account}&limit=2&cursor=${first.json.next}`)
  expect(second.json.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2))
  expect(second.json.next).toBeNull()
  expect((await call(service, 'GET /content?cursor=%2e%2e')).json.code).toBe('request.invalid')
})
