import { createHash, randomBytes } from 'node:crypto'
import type { Hex } from '@knowton/core'
import { accepted } from '@knowton/kit/testing'
import { royaltySplitterAbi, royaltySplitterFactoryAbi } from '@knowton/system/chain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { type Caller, newCaller } from '../testing/sign-in.ts'
import { openTestChain, type TestChain } from '../testing/test-chain.ts'
import { register, SHARES, tryRegister } from '../testing/works.ts'

let chain: TestChain
let service: Creator
let ada: Caller

beforeAll(async () => {
  chain = await openTestChain()
  service = await openCreator({ chain })
  ada = await newCaller(service)
})
afterAll(async () => {
  await service?.close()
  await chain?.stop()
})

test('a work is registered with everything that its token will carry', async () => {
  const bytes = randomBytes(100)
  const answer = await tryRegister(service, ada, {}, bytes)
  const contentHash: Hex = `0x${createHash('sha256').update(bytes).digest('hex')}`
  expect(answer).toMatchObject({
    status: 201,
    value: {
      state: 'registered',
      creator: ada.account,
      contentHash,
      tokenId: (BigInt(ada.address) << 96n) | (BigInt(contentHash) & (2n ** 96n - 1n)),
      shares: SHARES,
      owner: null,
      mintRequestId: null,
    },
  })
  const { id: workId } = accepted(answer)
  expect(await service.published('contentRegistered', workId)).toMatchObject([{ workId, contentHash, shares: SHARES }])
})

test('royalties go to the splitter that the factory deploys for these shares', async () => {
  const work = await register(service, ada)
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
  expect(holders.map((holder) => holder.toLowerCase())).toEqual(recipients)
  expect(shares).toEqual(parts)
})

test('the same bytes are one work of a creator, and may be a work of another', async () => {
  const bytes = randomBytes(64)
  const { id: workId } = await register(service, ada, {}, bytes)
  expect(await tryRegister(service, ada, { title: 'Another name' }, bytes)).toMatchObject({
    status: 409,
    problem: { code: 'work.duplicate', facts: { workId } },
  })
  expect((await tryRegister(service, await newCaller(service), {}, bytes)).status).toBe(201)
})

test('of two registrations of the same bytes at once, one is the work', async () => {
  const bytes = randomBytes(64)
  const asked = [tryRegister(service, ada, {}, bytes), tryRegister(service, ada, {}, bytes)]
  const answers = (await Promise.all(asked)).toSorted((a, b) => a.status - b.status)
  expect(answers).toMatchObject([{ status: 201 }, { status: 409, problem: { code: 'work.duplicate' } }])
  const [won, lost] = answers
  expect(won?.ok && lost?.ok === false && lost.problem.facts?.workId === won.value.id).toBe(true)
})

test('shares that are no split are refused with the reason', async () => {
  const [one, two] = SHARES
  if (one === undefined || two === undefined) throw new Error('two shares')
  const wrong: readonly [typeof SHARES, RegExp][] = [
    [[one], /sum to 700000/],
    [[one, { ...two, sharePpm: 300_001 }], /sum to 1000001/],
    [[one, { ...two, address: one.address }], /named twice/],
    [[{ address: `0x${'0'.repeat(40)}`, sharePpm: 1_000_000 }], /zero address/],
    [
      [
        { address: `0x${'aB'.repeat(20)}`, sharePpm: 500_000 },
        { address: `0x${'ab'.repeat(20)}`, sharePpm: 500_000 },
      ],
      /named twice/,
    ],
  ]
  for (const [shares, detail] of wrong) {
    expect(await tryRegister(service, ada, { shares })).toMatchObject({
      status: 422,
      problem: { code: 'work.shares', detail: expect.stringMatching(detail) },
    })
  }
})

test('a royalty above a tenth is refused', async () => {
  expect(await tryRegister(service, ada, { royaltyBps: 1_001 })).toMatchObject({ problem: { code: 'request.invalid' } })
})

test("an upload that is not stored, or is another's, becomes no work", async () => {
  const announced = await service.call('createUpload', { body: { fileName: 'a', sizeBytes: 3 } }, { as: ada.address })
  const body = { uploadId: accepted(announced).id, title: 'x', shares: SHARES, royaltyBps: 0 }
  expect(await service.call('registerWork', { body }, { as: ada.address })).toMatchObject({
    status: 409,
    problem: { code: 'upload.incomplete' },
  })
  const { address: as } = await newCaller(service)
  expect(await service.call('registerWork', { body }, { as })).toMatchObject({
    status: 404,
    problem: { code: 'upload.unknown' },
  })
})

test('while the chain does not answer nothing is registered', async () => {
  const cut = await openCreator()
  expect(await tryRegister(cut, await newCaller(cut))).toMatchObject({
    status: 503,
    problem: { code: 'chain.unreachable' },
  })
  expect(await cut.published('contentRegistered')).toEqual([])
  await cut.close()
})
