import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nothing, openWorkingService, type WorkingService } from '../testing/working-service.ts'
import { mintRequest } from '../testing/works.ts'
import { getTransaction } from './get-transaction.ts'

let service: WorkingService
beforeAll(async () => {
  service = await openWorkingService()
})
afterAll(() => service?.close())

test('tells how far a request is', async () => {
  const request = await mintRequest(service.chain, await service.chain.account())
  await service.hear({ mints: [request] })
  const seen = await service.watch(request.requestId)
  const answer = await getTransaction({ ...nothing, params: { requestId: request.requestId } }, service.call())
  expect(answer).toEqual({ ok: true, value: seen.at(-1) })
})

test('refuses a request that nobody made', async () => {
  const answer = await getTransaction({ ...nothing, params: { requestId: randomUUID() } }, service.call())
  expect(answer).toMatchObject({ ok: false, refusal: { kind: 'transaction.unknown' } })
})
