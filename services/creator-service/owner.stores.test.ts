import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, call, newCaller } from './testing/caller.ts'
import { createFacts, type Facts } from './testing/facts.ts'
import { type OpenService, openService } from './testing/open-service.ts'
import { openTestChain, type TestChain } from './testing/test-chain.ts'
import { createWorkCalls, type WorkCalls } from './testing/work-calls.ts'

let chain: TestChain
let service: OpenService
let ada: Caller
let works: WorkCalls
let facts: Facts

beforeAll(async () => {
  chain = await openTestChain()
  service = await openService(chain)
  ada = await newCaller(service)
  works = createWorkCalls(service, chain.contracts.workToken)
  facts = createFacts(service, chain.contracts.workToken)
})
afterAll(async () => {
  await service?.close()
  await chain?.anvil.stop()
})

const stateOf = async (workId: string) => {
  const { json } = await call(service, `GET /content/${workId}`)
  return { state: json.state, owner: json.owner, mintFailure: json.mintFailure, transactionHash: json.transactionHash }
}

test('a work follows its token: minted, sold, undone, minted again, burned', async () => {
  const caller = await newCaller(service)
  const { json: work } = await works.register(caller)
  await works.askForMint(caller, work.id)
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
  const { json: work } = await works.register(ada)
  await facts.hearMint({ ...facts.mint(work, ada.address, 1), collection: `0x${'9'.repeat(40)}` })
  expect((await stateOf(work.id)).state).toBe('registered')
})

test('a mint that failed says why, may be asked for again, and the chain has the last word', async () => {
  const caller = await newCaller(service)
  const { json: work } = await works.register(caller)
  const { json: asked } = await works.askForMint(caller, work.id)
  await facts.hearFailure(asked.mintRequestId, 'WorkTokenVoucherExpired', 'The voucher expired.')
  expect(await stateOf(work.id)).toMatchObject({ state: 'mint-failed', mintFailure: 'The voucher expired.' })
  const again = await works.askForMint(caller, work.id)
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
  const { json: work } = await works.register(caller, {}, bytes)
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
  const { json: work } = await works.register(ada, {}, svg)
  const { headers } = await call(service, `GET /content/${work.id}/file`, { token: ada.token })
  expect(headers.get('content-type')).toBe('image/svg+xml')
  expect(headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''%C3%A9tude\.bin$/)
  expect(headers.get('content-security-policy')).toContain('sandbox')
})
