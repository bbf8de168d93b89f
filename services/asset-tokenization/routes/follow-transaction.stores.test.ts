import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkingService, type WorkingService, watch } from '../testing/working-service.ts'
import { mintRequest } from '../testing/works.ts'

let service: WorkingService
beforeAll(async () => {
  service = await openWorkingService()
})
afterAll(() => service?.close())

test('a requested mint is told state by state until it is final, even to who asks before it is known', async () => {
  const request = await mintRequest(service.chain, await service.chain.account())
  const watching = watch(service, request.requestId)
  await service.hear({ topic: 'mintRequested', payload: request })
  const seen = await watching
  const order = ['queued', 'signed', 'sent', 'confirmed', 'final']
  const places = seen.map(({ state }) => order.indexOf(state))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toMatchObject({ state: 'final', work: 'mint', failure: null })
  expect(seen.at(-1)?.gasUsed).toBeGreaterThan(100_000n)
  const answer = accepted(await service.call('getTransaction', { params: { requestId: request.requestId } }))
  expect(answer).toEqual(seen.at(-1))
})
