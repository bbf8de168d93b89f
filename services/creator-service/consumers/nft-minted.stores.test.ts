import { afterAll, beforeAll, expect, test } from 'vitest'
import { aMint, changed } from '../testing/facts.ts'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { type Caller, newCaller } from '../testing/sign-in.ts'
import { openTestChain, type TestChain } from '../testing/test-chain.ts'
import { look, register } from '../testing/works.ts'

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

test('a work is minted by the newest mint of its bytes that stands', async () => {
  const work = await register(service, ada)
  const [first, second] = [aMint(service, work, ada.address, 1), aMint(service, work, `0x${'b'.repeat(40)}`, 2)]
  await service.consume(first, second)
  expect(await look(service, work)).toMatchObject({ owner: second.payload.to })
  await service.consume(changed(second, { reverted: true }))
  expect(await look(service, work)).toMatchObject({ owner: ada.address })
})

test('a mint of other bytes under the same token id is not the work', async () => {
  const work = await register(service, ada)
  await service.consume(changed(aMint(service, work, ada.address, 1), { contentHash: `0x${'9'.repeat(64)}` }))
  expect((await look(service, work)).state).toBe('registered')
})

test('what another collection says changes nothing', async () => {
  const work = await register(service, ada)
  await service.consume(changed(aMint(service, work, ada.address, 1), { collection: `0x${'9'.repeat(40)}` }))
  expect((await look(service, work)).state).toBe('registered')
})
