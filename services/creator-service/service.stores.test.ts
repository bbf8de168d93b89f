import { freshDatabase } from '@knowton/adapters/postgres/testing'
import { API_PREFIX, createTestTokens, runProcess, temporaryFolder, testEnvironment } from '@knowton/kit/testing'
import { creatorService } from '@knowton/system'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aFailure, aMint, aTransfer, changed } from './testing/facts.ts'
import { type Creator, openCreator, placeSettings } from './testing/open-creator.ts'
import { newCaller } from './testing/sign-in.ts'
import { openTestChain, type TestChain } from './testing/test-chain.ts'
import { askForMint, look, register } from './testing/works.ts'

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

test('a work follows its token: minted, sold, undone, minted again, burned', async () => {
  const caller = await newCaller(service)
  const work = await register(service, caller)
  await askForMint(service, caller, work)
  const buyer = `0x${'b'.repeat(40)}` as const
  const minted = aMint(service, work, caller.address, 1)
  await service.hear(minted)
  const { transactionHash } = minted.payload
  expect(await look(service, work)).toMatchObject({ state: 'minted', owner: caller.address, transactionHash })
  const sold = aTransfer(service, work, buyer, { epoch: 2n, block: 2 })
  await service.hear(aTransfer(service, work, caller.address, { epoch: 1n, block: 1 }), sold)
  await service.hear(changed(sold, { finality: 'finalized' }))
  expect((await look(service, work)).owner).toBe(buyer)
  await service.hear(changed(sold, { reverted: true }))
  expect((await look(service, work)).owner).toBe(caller.address)
  await service.hear(changed(minted, { reverted: true }))
  expect(await look(service, work)).toMatchObject({ state: 'minting', owner: null, transactionHash: null })
  await service.hear(aMint(service, work, caller.address, 3))
  await service.hear(aTransfer(service, work, `0x${'0'.repeat(40)}`, { epoch: 2n, block: 4 }))
  expect(await look(service, work)).toMatchObject({ state: 'minted', owner: null })
})

test('a mint that failed says why, may be asked for again, and the chain has the last word', async () => {
  const caller = await newCaller(service)
  const work = await register(service, caller)
  await askForMint(service, caller, work)
  const { mintRequestId } = await look(service, work)
  await service.hear(aFailure(mintRequestId, 'The voucher expired.'))
  expect(await look(service, work)).toMatchObject({ state: 'mint-failed', mintFailure: 'The voucher expired.' })
  await askForMint(service, caller, work)
  const again = await look(service, work)
  expect(again).toMatchObject({ state: 'minting', mintFailure: null })
  expect(again.mintRequestId).not.toBe(mintRequestId)
  await service.hear(aFailure(again.mintRequestId, 'The work is minted already.'))
  await service.hear(aMint(service, work, caller.address, 1))
  expect(await look(service, work)).toMatchObject({ state: 'minted', mintFailure: null })
})

test('a process that is killed and started again knows what it knew', async () => {
  const tokens = createTestTokens()
  const stores = { db: await freshDatabase(), files: await temporaryFolder() }
  const settings = { ...placeSettings(chain), accessTokenKey: tokens.privateKeyPem }
  const environment = testEnvironment(creatorService, { stores, tokens, settings })
  const main = new URL('./main.ts', import.meta.url)
  const ask = async (url: string, path: string, method = 'GET') =>
    (await fetch(`${url}${API_PREFIX}${path}`, { method })).status
  await using first = runProcess(main, environment)
  expect(await ask(await first.url(), '/auth/nonce', 'POST')).toBe(201)
  await first.end('SIGKILL')
  await using second = runProcess(main, environment)
  expect(await ask(await second.url(), '/content')).toBe(200)
  expect(await second.end('SIGTERM')).toMatchObject({ code: 0 })
  await stores.db.close()
  await stores.files.close()
})
