import { randomUUID } from 'node:crypto'
import type { Hex } from '@knowton/core'
import { accepted } from '@knowton/kit/testing'
import type { MintVoucher } from '@knowton/system'
import { workTokenAbi } from '@knowton/system/chain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { type Caller, newCaller } from '../testing/sign-in.ts'
import { openTestChain, type TestChain } from '../testing/test-chain.ts'
import { openWallets, type Wallets } from '../testing/wallets.ts'
import { askForMint, look, register, requestMint, SHARES, signVoucher, voucherOf } from '../testing/works.ts'

const MINTS_PER_DAY = 3

let chain: TestChain
let wallets: Wallets
let service: Creator
let ada: Caller

beforeAll(async () => {
  chain = await openTestChain()
  wallets = await openWallets(chain)
  service = await openCreator({ chain, settings: { mintsPerDay: MINTS_PER_DAY } })
  ada = await newCaller(service)
})
afterAll(async () => {
  await service?.close()
  await chain?.stop()
})

const token = () => ({ address: chain.contracts.workToken, abi: workTokenAbi }) as const
const mint = (voucher: MintVoucher, signature: Hex) =>
  chain.write({ ...token(), functionName: 'mint', args: [voucher, signature] })

test('the voucher that was signed mints the work on the chain, and the token points at the metadata', async () => {
  const work = await register(service, ada)
  const voucher = await voucherOf(service, ada, work)
  const signature = await signVoucher(service, ada, voucher)
  const asked = await requestMint(service, ada, work, { voucher, signature })
  expect(asked).toMatchObject({ status: 202, value: { state: 'minting' } })
  const published = await service.published('mintRequested', work.tokenId.toString())
  expect(published).toMatchObject([
    {
      requestId: accepted(asked).mintRequestId,
      workId: work.id,
      voucher,
      signature,
      split: { shares: SHARES },
    },
  ])

  await mint(voucher, signature)
  const args = [work.tokenId] as const
  expect(await chain.client.readContract({ ...token(), functionName: 'tokenURI', args })).toBe(work.tokenUri)
  expect(await chain.client.readContract({ ...token(), functionName: 'ownerOf', args })).toBe(ada.key.address)
  const royalty = await chain.client.readContract({ ...token(), functionName: 'royaltyInfo', args: [args[0], 10_000n] })
  expect(royalty.map((part) => String(part).toLowerCase())).toEqual([work.royaltyReceiver, '500'])
})

test('a voucher that says anything else than the work is refused with what is wrong', async () => {
  const caller = await newCaller(service)
  const work = await register(service, caller)
  const voucher = await voucherOf(service, caller, work, `0x${'7'.repeat(40)}`)
  const changes: readonly Partial<MintVoucher>[] = [
    { royaltyBps: 400 },
    { royaltyReceiver: caller.address },
    { uriHash: voucher.contentHash },
    { to: `0x${'0'.repeat(40)}` },
    { price: 1n },
    { validUntil: voucher.validUntil + 1_000 },
    { counter: 1n },
  ]
  for (const change of changes) {
    const other = { ...voucher, ...change }
    const signature = await signVoucher(service, caller, other)
    expect(await requestMint(service, caller, work, { voucher: other, signature })).toMatchObject({
      status: 422,
      problem: { code: 'mint.voucher', detail: expect.stringContaining(Object.keys(change)[0] ?? '') },
    })
  }
  expect(await service.published('mintRequested', work.tokenId.toString())).toEqual([])
})

test('a voucher that is not signed, or signed for elsewhere, is refused', async () => {
  const caller = await newCaller(service)
  const work = await register(service, caller)
  const voucher = await voucherOf(service, caller, work)
  const wrong = [
    await signVoucher(service, ada, voucher),
    await signVoucher(service, caller, { ...voucher, nonce: 1n }),
    await signVoucher(service, caller, voucher, chain.contracts.splitterFactory),
    await signVoucher(service, caller, voucher, chain.contracts.workToken, 1),
    '0x' as const,
    `0x${'00'.repeat(65)}` as const,
  ]
  for (const signature of wrong) {
    expect(await requestMint(service, caller, work, { voucher, signature })).toMatchObject({
      status: 422,
      problem: { code: 'mint.signature' },
    })
  }
  expect((await look(service, work)).state).toBe('registered')
})

test('the works of a contract wallet are minted once it is deployed, whichever way it signs', async () => {
  const { key } = ada
  const wallet = await wallets.walletOf(key.address)
  const wrap = (signature: Hex) => wallets.wrap(key.address, signature)
  const owner = await newCaller(service, { address: wallet, key, wrap })
  const work = await register(service, owner)
  const voucher = await voucherOf(service, owner, work)
  const signature = await signVoucher(service, owner, voucher)
  const signed = { voucher, signature: wrap(signature) }
  expect(await requestMint(service, owner, work, signed)).toMatchObject({ problem: { code: 'mint.signature' } })
  await wallets.deploy(key.address)
  expect(accepted(await requestMint(service, owner, work, signed)).state).toBe('minting')
  expect(await service.published('mintRequested', work.tokenId.toString())).toMatchObject([{ signature }])
  await mint(voucher, signature)
  const args = [work.tokenId] as const
  const holder = await chain.client.readContract({ ...token(), functionName: 'ownerOf', args })
  expect(holder.toLowerCase()).toBe(wallet)
})

test('only the creator asks, once, even at once', async () => {
  const caller = await newCaller(service)
  const work = await register(service, caller)
  const voucher = await voucherOf(service, caller, work)
  const signed = { voucher, signature: await signVoucher(service, caller, voucher) }
  expect(await requestMint(service, ada, work, signed)).toMatchObject({
    status: 403,
    problem: { code: 'work.not-yours' },
  })
  const answers = await Promise.all([1, 2, 3].map(() => requestMint(service, caller, work, signed)))
  expect(answers.toSorted((a, b) => a.status - b.status)).toMatchObject([
    { status: 202 },
    { status: 409, problem: { code: 'mint.requested' } },
    { status: 409, problem: { code: 'mint.requested' } },
  ])
  expect(await service.published('mintRequested', work.tokenId.toString())).toHaveLength(1)
  const unknown = await requestMint(service, caller, { id: randomUUID() }, signed)
  expect(unknown).toMatchObject({ status: 404, problem: { code: 'work.unknown' } })
})

test('the same request under one key asks once and answers the same', async () => {
  const caller = await newCaller(service)
  const work = await register(service, caller)
  const voucher = await voucherOf(service, caller, work)
  const signed = { voucher, signature: await signVoucher(service, caller, voucher) }
  const headers = { 'idempotency-key': randomUUID() }
  const first = accepted(await requestMint(service, caller, work, signed, headers))
  expect(accepted(await requestMint(service, caller, work, signed, headers))).toEqual(first)
  expect(await service.published('mintRequested', work.tokenId.toString())).toHaveLength(1)
})

test('an account may ask for so many mints a day, even at once', async () => {
  const caller = await newCaller(service)
  const works: Awaited<ReturnType<typeof register>>[] = []
  for (let count = 0; count < MINTS_PER_DAY + 1; count += 1) works.push(await register(service, caller))
  const answers = await Promise.all(works.map((work) => askForMint(service, caller, work)))
  const refused = answers.flatMap((answer, at) => (answer.ok ? [] : [{ problem: answer.problem, work: works[at] }]))
  expect(refused).toMatchObject([{ problem: { status: 429, code: 'mint.quota' } }])
  const [over] = refused
  if (over?.work === undefined) throw new Error('one is over the quota')
  const before = service.clock.now
  service.clock.now = new Date(String(over.problem.facts?.freeAt))
  expect((await askForMint(service, caller, over.work)).status).toBe(202)
  service.clock.now = before
})

test('while the chain does not answer nothing is asked for', async () => {
  const stopped = await openTestChain()
  const cut = await openCreator({ chain: stopped })
  const caller = await newCaller(cut)
  const work = await register(cut, caller)
  const voucher = await voucherOf(cut, caller, work)
  const signature = await signVoucher(cut, caller, voucher)
  await stopped.stop()
  expect(await requestMint(cut, caller, work, { voucher, signature })).toMatchObject({
    status: 503,
    problem: { code: 'chain.unreachable' },
  })
  expect(await cut.published('mintRequested')).toEqual([])
  await cut.close()
})
