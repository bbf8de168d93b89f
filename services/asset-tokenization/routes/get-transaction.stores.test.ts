import { randomUUID } from 'node:crypto'
import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkingService, type WorkingService, watch } from '../testing/working-service.ts'
import { mintRequest } from '../testing/works.ts'

let service: WorkingService
beforeAll(async () => {
  service = await openWorkingService()
})
afterAll(() => service?.close())

test('tells how far a request is', async () => {
  const request = await mintRequest(service.chain, await service.chain.account())
  await service.hear({ topic: 'mintRequested', payload: request })
  const seen = await watch(service, request.requestId)
  const answer = await service.call('getTransaction', { params: { requestId: request.requestId } })
  expect(accepted(answer)).toEqual(seen.at(-1))
})

test('refuses a request that nobody made', async () => {
  const answer = await service.call('getTransaction', { params: { requestId: randomUUID() } })
  expect(answer).toMatchObject({ ok: false, problem: { code: 'transaction.unknown' } })
})
