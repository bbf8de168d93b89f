import { afterAll, beforeAll, expect, test } from 'vitest'
import { aFailure, changed } from '../testing/facts.ts'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { newCaller } from '../testing/sign-in.ts'
import { openTestChain, type TestChain } from '../testing/test-chain.ts'
import { askForMint, look, register } from '../testing/works.ts'

let chain: TestChain
let service: Creator
beforeAll(async () => {
  chain = await openTestChain()
  service = await openCreator({ chain })
})
afterAll(async () => {
  await service?.close()
  await chain?.stop()
})

test('the failure of a mint is kept with its reason, that of anything else is not for this service', async () => {
  const caller = await newCaller(service)
  const work = await register(service, caller)
  await askForMint(service, caller, work)
  const failure = aFailure((await look(service, work)).mintRequestId, 'The voucher expired.')
  await service.consume(changed(failure, { work: 'settlement' }), aFailure(null, 'Nobody asked for this.'))
  expect((await look(service, work)).state).toBe('minting')
  await service.consume(failure)
  expect(await look(service, work)).toMatchObject({ state: 'mint-failed', mintFailure: 'The voucher expired.' })
})
