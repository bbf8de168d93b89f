import { randomUUID } from 'node:crypto'
import { TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import { toUnixSeconds } from '@knowton/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { type Caller, newCaller } from '../testing/sign-in.ts'
import { openTestChain, type TestChain } from '../testing/test-chain.ts'
import { askForMint, register, voucherOf } from '../testing/works.ts'

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

const ask = (workId: string, { address: as }: Caller = ada) =>
  service.call('getVoucher', { params: { workId } }, { as })

test('the voucher says what the work needs, to whom, and until when, under a nonce of its own', async () => {
  const work = await register(service, ada)
  const answer = await ask(work.id)
  expect(answer).toMatchObject({
    status: 200,
    value: {
      chainId: TEST_CHAIN_ID,
      verifyingContract: chain.contracts.workToken,
      voucher: {
        creator: ada.address,
        to: ada.address,
        contentHash: work.contentHash,
        uriHash: work.uriHash,
        royaltyBps: 500,
        royaltyReceiver: work.royaltyReceiver,
        price: 0n,
        counter: 0n,
        validUntil: toUnixSeconds(service.clock.now) + 86_400,
      },
    },
  })
  const to = `0x${'7'.repeat(40)}` as const
  const [one, other] = [await voucherOf(service, ada, work), await voucherOf(service, ada, work, to)]
  expect(other.to).toBe(to)
  expect(other.nonce).not.toBe(one.nonce)
})

test('only the creator gets one, and only while no mint is asked for', async () => {
  const work = await register(service, ada)
  expect(await ask(work.id, await newCaller(service))).toMatchObject({
    status: 403,
    problem: { code: 'work.not-yours' },
  })
  await askForMint(service, ada, work)
  expect(await ask(work.id)).toMatchObject({ status: 409, problem: { code: 'mint.requested' } })
  expect(await ask(randomUUID())).toMatchObject({ status: 404, problem: { code: 'work.unknown' } })
})

test('a chain that does not answer is asked again later', async () => {
  const stopped = await openTestChain()
  const cut = await openCreator({ chain: stopped })
  const caller = await newCaller(cut)
  const { id: workId } = await register(cut, caller)
  await stopped.stop()
  expect(await cut.call('getVoucher', { params: { workId } }, { as: caller.address })).toMatchObject({
    status: 503,
    problem: { code: 'chain.unreachable' },
  })
  await cut.close()
})
