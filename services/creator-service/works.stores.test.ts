import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import type { Hex } from '@knowton/core'
import {
  mintVoucherTypes,
  royaltySplitterAbi,
  royaltySplitterFactoryAbi,
  workTokenAbi,
  workTokenDomain,
} from '@knowton/system/chain'
import { encodeFunctionData, serializeErc6492Signature } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, call, newCaller, upload } from './testing/caller.ts'
import { createFacts, type Facts } from './testing/facts.ts'
import { type OpenService, openService } from './testing/open-service.ts'
import { openTestChain, type TestChain } from './testing/test-chain.ts'
import { walletFactoryAbi } from './testing/wallets.ts'

const MINTS_PER_DAY = 3

let chain: TestChain
let service: OpenService
let ada: Caller
let facts: Facts

beforeAll(async () => {
  chain = await openTestChain()
  service = await openService(chain, { MINTS_PER_DAY: String(MINTS_PER_DAY) })
  ada = await newCaller(service)
  facts = createFacts(service, chain.contracts.workToken)
})
afterAll(async () => {
  await service?.close()
  await chain?.anvil.stop()
})

const SHARES = [
  { address: `0x${'1'.repeat(40)}`, sharePpm: 700_000 },
  { address: `0x${'2'.repeat(40)}`, sharePpm: 300_000 },
] as const

const register = async (caller: Caller, terms: object = {}, bytes: Uint8Array<ArrayBuffer> = randomBytes(64)) => {
  const { id: uploadId } = await upload(service, caller, bytes, 'étude.bin')
  const body = { uploadId, title: 'Étude', description: 'One', shares: SHARES, royaltyBps: 500, ...terms }
  return call(service, 'POST /content', { token: caller.token, body })
}

const published = async (topic: string, key: string) =>
  (
    await service.db.query<{ readonly payload: Answer['json'] }>(
      'SELECT payload FROM events.log WHERE topic = $1 AND key = $2 ORDER BY sequence',
      [topic, key],
    )
  ).map(({ payload }) => payload)

test('a work is registered with everything that its token will carry', async () => {
  const bytes = randomBytes(100)
  const { status, json: work } = await register(ada, {}, bytes)
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
  expect(await published('content-registered', work.id)).toMatchObject([{ workId: work.id, contentHash }])
})

test('royalties go to the splitter that the factory deploys for these shares', async () => {
  const { json: work } = await register(ada)
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
  const { json: work } = await register(ada, { title: 'Ünï "code" \u{1f3b9}' })
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
  const { json: work } = await register(ada, {}, bytes)
  const again = await register(ada, { title: 'Another name' }, bytes)
  expect(again.json).toMatchObject({ code: 'work.duplicate', status: 409, facts: { workId: work.id } })
  expect((await register(await newCaller(service), {}, bytes)).status).toBe(201)
})

test('of two registrations of the same bytes at once, one is the work', async () => {
  const bytes = randomBytes(64)
  const answers = await Promise.all([register(ada, {}, bytes), register(ada, {}, bytes)])
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
    const { json } = await register(ada, { shares })
    expect(json.code).toBe('work.shares')
    expect(json.detail).toMatch(why)
  }
  const mixed = `0x${'aB'.repeat(20)}`
  const twice = [mixed, mixed.toLowerCase()].map((address) => ({ address, sharePpm: 500_000 }))
  expect((await register(ada, { shares: twice })).json.code).toBe('work.shares')
  expect((await register(ada, { royaltyBps: 1_001 })).json.code).toBe('request.invalid')
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
  for (let count = 0; count < 3; count += 1) ids.unshift((await register(bob)).json.id)
  const first = await call(service, `GET /content?creator=${bob.account}&limit=2`)
  expect(first.json.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2))
  const second = await call(service, `GET /content?creator=${bob.account}&limit=2&cursor=${first.json.next}`)
  expect(second.json.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2))
  expect(second.json.next).toBeNull()
  expect((await call(service, 'GET /content?cursor=%2e%2e')).json.code).toBe('request.invalid')
})

const voucherOf = async (caller: Caller, workId: string, query = '') =>
  (await call(service, `GET /content/${workId}/voucher${query}`, { token: caller.token })).json.voucher

/** Signs a voucher as it came over the wire. */
const sign = (
  caller: Caller,
  voucher: Answer['json'],
  contract: Hex = chain.contracts.workToken,
  chainId = TEST_CHAIN_ID,
) =>
  caller.key.signTypedData({
    domain: workTokenDomain(chainId, contract),
    types: mintVoucherTypes,
    primaryType: 'MintVoucher',
    message: toMessage(voucher),
  })

const toMessage = (voucher: Answer['json']) => ({
  ...voucher,
  price: BigInt(voucher.price),
  nonce: BigInt(voucher.nonce),
  counter: BigInt(voucher.counter),
})

const requestMint = async (caller: Caller, workId: string, voucher: Answer['json'], signature: Hex) =>
  call(service, `POST /content/${workId}/mint`, { token: caller.token, body: { voucher, signature } })

const askForMint = async (caller: Caller, workId: string) => {
  const voucher = await voucherOf(caller, workId)
  return requestMint(caller, workId, voucher, await sign(caller, voucher))
}

test('the voucher that was signed mints the work on the chain, and the token points at the metadata', async () => {
  const { json: work } = await register(ada)
  const voucher = await voucherOf(ada, work.id)
  const signature = await sign(ada, voucher)
  const asked = await requestMint(ada, work.id, voucher, signature)
  expect(asked).toMatchObject({ status: 202, json: { state: 'minting' } })
  const [event] = await published('mint-requested', work.tokenId)
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
  const { json: work } = await register(caller)
  const voucher = await voucherOf(caller, work.id, `?to=0x${'7'.repeat(40)}`)
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
    const { json } = await requestMint(caller, work.id, changed, await sign(caller, changed))
    expect(json.code).toBe('mint.voucher')
    expect(json.detail).toContain(Object.keys(change)[0])
  }
  const wrong = [
    await sign(ada, voucher),
    await sign(caller, { ...voucher, nonce: '1' }),
    await sign(caller, voucher, chain.contracts.splitterFactory),
    await sign(caller, voucher, chain.contracts.workToken, 1),
    '0x' as const,
    `0x${'00'.repeat(65)}` as const,
  ]
  for (const signature of wrong) {
    expect((await requestMint(caller, work.id, voucher, signature)).json.code).toBe('mint.signature')
  }
  expect(await published('mint-requested', work.tokenId)).toEqual([])
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
  const { json: work } = await register(owner)
  const voucher = await voucherOf(owner, work.id)
  const signature = await sign(owner, voucher)
  expect((await requestMint(owner, work.id, voucher, wrap(signature))).json.code).toBe('mint.signature')
  await chain.write(deploying)
  expect((await requestMint(owner, work.id, voucher, wrap(signature))).json.state).toBe('minting')
  const [event] = await published('mint-requested', work.tokenId)
  expect(event.signature).toBe(signature)
  const token = { address: chain.contracts.workToken, abi: workTokenAbi } as const
  await chain.write({ ...token, functionName: 'mint', args: [toMessage(event.voucher), event.signature] })
  expect(await chain.client.readContract({ ...token, functionName: 'ownerOf', args: [BigInt(work.tokenId)] })).toBe(
    wallet,
  )
})

test('only the creator gets a voucher, and asks once', async () => {
  const caller = await newCaller(service)
  const { json: work } = await register(caller)
  const path = `/content/${work.id}/voucher` as const
  expect((await call(service, `GET ${path}`, { token: ada.token })).json.code).toBe('work.not-yours')
  const voucher = await voucherOf(caller, work.id)
  const signature = await sign(caller, voucher)
  expect((await requestMint(ada, work.id, voucher, signature)).json.code).toBe('work.not-yours')
  const answers = await Promise.all([1, 2, 3].map(() => requestMint(caller, work.id, voucher, signature)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409, 409])
  expect((await call(service, `GET ${path}`, { token: caller.token })).json.code).toBe('mint.requested')
  expect(await published('mint-requested', work.tokenId)).toHaveLength(1)
})

test('the same request under one key asks once and answers the same', async () => {
  const caller = await newCaller(service)
  const { json: work } = await register(caller)
  const voucher = await voucherOf(caller, work.id)
  const request = {
    token: caller.token,
    body: { voucher, signature: await sign(caller, voucher) },
    headers: { 'idempotency-key': randomUUID() },
  }
  const first = await call(service, `POST /content/${work.id}/mint`, request)
  const second = await call(service, `POST /content/${work.id}/mint`, request)
  expect(second.json).toEqual(first.json)
  expect(await published('mint-requested', work.tokenId)).toHaveLength(1)
})

test('an account may ask for so many mints a day, even at once', async () => {
  const caller = await newCaller(service)
  const works = []
  for (let count = 0; count < MINTS_PER_DAY + 1; count += 1) works.push((await register(caller)).json)
  const answers = await Promise.all(works.map(({ id }) => askForMint(caller, id)))
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(MINTS_PER_DAY)
  const over = answers.find(({ status }) => status === 429)
  expect(over?.json).toMatchObject({ code: 'mint.quota' })
  const before = service.clock.now
  service.clock.now = new Date(Date.parse(over?.json.facts.freeAt))
  const late = await newToken(caller)
  const left = works.find((work) => !answers.some(({ json }) => json.id === work.id))
  expect((await askForMint({ ...caller, token: late }, left.id)).status).toBe(202)
  service.clock.now = before
})

const newToken = async (caller: Caller): Promise<string> =>
  (await call(service, 'POST /auth/refresh', { body: { refreshToken: caller.refreshToken } })).json.accessToken

const stateOf = async (workId: string) => {
  const { json } = await call(service, `GET /content/${workId}`)
  return { state: json.state, owner: json.owner, mintFailure: json.mintFailure, transactionHash: json.transactionHash }
}

test('a work follows its token: minted, sold, undone, minted again, burned', async () => {
  const caller = await newCaller(service)
  const { json: work } = await register(caller)
  await askForMint(caller, work.id)
  const buyer = `0x${'b'.repeat(40)}` as const
  const minted = facts.mint(work, caller.address, 1)
  await facts.hearMint(minted)
  expect(await stateOf(work.id)).toMatchObject({
    state: 'minted',
    owner: caller.address,
    transactionHash: minted.transactionHash,
  })
  const sold = facts.transfer(work, buyer, { epoch: 2n, block: 2 })
  await facts.hearTransfer(facts.transfer(work, caller.address, { epoch: 1n, block: 1 }))
  await facts.hearTransfer(sold)
  await facts.hearTransfer({ ...sold, finality: 'finalized' })
  expect((await stateOf(work.id)).owner).toBe(buyer)
  await facts.hearTransfer({ ...sold, reverted: true })
  expect((await stateOf(work.id)).owner).toBe(caller.address)
  await facts.hearMint({ ...minted, reverted: true })
  expect(await stateOf(work.id)).toMatchObject({ state: 'minting', owner: null, transactionHash: null })
  await facts.hearMint(facts.mint(work, caller.address, 3))
  await facts.hearTransfer(facts.transfer(work, `0x${'0'.repeat(40)}`, { epoch: 2n, block: 4 }))
  expect(await stateOf(work.id)).toMatchObject({ state: 'minted', owner: null })
})

test('what another collection says changes nothing', async () => {
  const { json: work } = await register(ada)
  await facts.hearMint({ ...facts.mint(work, ada.address, 1), collection: `0x${'9'.repeat(40)}` })
  expect((await stateOf(work.id)).state).toBe('registered')
})

test('a mint that failed says why, may be asked for again, and the chain has the last word', async () => {
  const caller = await newCaller(service)
  const { json: work } = await register(caller)
  const { json: asked } = await askForMint(caller, work.id)
  await facts.hearFailure(asked.mintRequestId, 'WorkTokenVoucherExpired', 'The voucher expired.')
  expect(await stateOf(work.id)).toMatchObject({ state: 'mint-failed', mintFailure: 'The voucher expired.' })
  const again = await askForMint(caller, work.id)
  expect(again.json).toMatchObject({ state: 'minting', mintFailure: null })
  expect(again.json.mintRequestId).not.toBe(asked.mintRequestId)
  await facts.hearFailure(again.json.mintRequestId, 'WorkTokenAlreadyMinted', 'The work is minted already.')
  await facts.hearMint(facts.mint(work, caller.address, 1))
  expect(await stateOf(work.id)).toMatchObject({ state: 'minted', mintFailure: null })
})

test('the file is for the creator and the present owner', async () => {
  const caller = await newCaller(service)
  const [owner, former] = [await newCaller(service), await newCaller(service)]
  const bytes = Buffer.from('a text\nof two lines')
  const { json: work } = await register(caller, {}, bytes)
  await facts.hearMint(facts.mint(work, former.address, 1))
  await facts.hearTransfer(facts.transfer(work, former.address, { epoch: 1n, block: 1 }))
  await facts.hearTransfer(facts.transfer(work, owner.address, { epoch: 2n, block: 2 }))
  const fetchAs = (token: string) => call(service, `GET /content/${work.id}/file`, { token })
  expect((await fetchAs(caller.token)).bytes).toEqual(bytes)
  const file = await fetchAs(owner.token)
  expect(file.bytes).toEqual(bytes)
  expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
  expect(file.headers.has('content-disposition')).toBe(false)
  expect((await fetchAs(former.token)).json.code).toBe('work.no-access')
  expect((await fetchAs(ada.token)).json.code).toBe('work.no-access')
  expect((await call(service, `GET /content/${work.id}/file`)).json.code).toBe('auth.missing')
})

test('what a browser would run is only ever downloaded', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  const { json: work } = await register(ada, {}, svg)
  const { headers } = await call(service, `GET /content/${work.id}/file`, { token: ada.token })
  expect(headers.get('content-type')).toBe('image/svg+xml')
  expect(headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''%C3%A9tude\.bin$/)
  expect(headers.get('content-security-policy')).toContain('sandbox')
})
