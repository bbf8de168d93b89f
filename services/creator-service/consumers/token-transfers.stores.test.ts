import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aMint, aTransfer, changed } from '../testing/facts.ts'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { newCaller } from '../testing/sign-in.ts'
import { openTestChain, type TestChain } from '../testing/test-chain.ts'
import { look, register, type Work } from '../testing/works.ts'

const [bob, eve] = [`0x${'b'.repeat(40)}`, `0x${'e'.repeat(40)}`] as const

let chain: TestChain
let service: Creator
let work: Work
beforeAll(async () => {
  chain = await openTestChain()
  service = await openCreator({ chain })
})
beforeEach(async () => {
  work = await register(service, await newCaller(service))
  await service.consume(aMint(service, work, bob, 1))
})
afterAll(async () => {
  await service?.close()
  await chain?.stop()
})

const ownerOf = async () => (await look(service, work)).owner

test('the owner is whom the last movement went to, in whichever order movements come', async () => {
  const sold = aTransfer(service, work, eve, { epoch: 2n, block: 2 })
  await service.consume(sold, aTransfer(service, work, bob, { epoch: 1n, block: 1 }))
  expect(await ownerOf()).toBe(eve)
  await service.consume(changed(sold, { reverted: true }))
  expect(await ownerOf()).toBe(bob)
})

test('what another collection says changes nothing', async () => {
  const elsewhere = changed(aTransfer(service, work, eve, { epoch: 9n, block: 9 }), { collection: eve })
  await service.consume(elsewhere)
  expect(await ownerOf()).toBe(bob)
})
