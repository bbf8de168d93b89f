import { randomUUID } from 'node:crypto'
import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { newCaller } from '../testing/sign-in.ts'
import { openTestChain, type TestChain } from '../testing/test-chain.ts'
import { register } from '../testing/works.ts'

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

test('anyone sees a work as its creator registered it', async () => {
  const work = await register(service, await newCaller(service))
  expect(accepted(await service.call('getWork', { params: { workId: work.id } }))).toEqual(work)
})

test('a work that was never registered is unknown', async () => {
  const unknown = { status: 404, problem: { code: 'work.unknown' } }
  expect(await service.call('getWork', { params: { workId: randomUUID() } })).toMatchObject(unknown)
})
