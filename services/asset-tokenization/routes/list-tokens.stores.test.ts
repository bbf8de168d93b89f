import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mintFor, openWorkingService, type WorkingService } from '../testing/working-service.ts'

let service: WorkingService
beforeAll(async () => {
  service = await openWorkingService()
})
afterAll(() => service?.close())

type Query = { readonly limit?: number; readonly cursor?: string; readonly owner?: `0x${string}` }

test('tokens are listed newest first, page by page, whole or by owner', async () => {
  const [creator, other] = [await service.chain.account(), await service.chain.account()]
  const ids: bigint[] = []
  for (const account of [creator, other, creator]) ids.push((await mintFor(service, account)).tokenId)
  const list = async (query: Query) => accepted(await service.call('listTokens', { query }))
  const first = await list({ limit: 2 })
  const second = await list({ limit: 2, ...(first.next === null ? {} : { cursor: first.next }) })
  const paged = [...first.items, ...second.items].map(({ tokenId }) => tokenId)
  expect(paged.filter((tokenId) => ids.includes(tokenId))).toEqual(ids.toReversed())
  expect(second.items.every(({ tokenId }) => !first.items.some((item) => item.tokenId === tokenId))).toBe(true)
  const owner = creator.address.toLowerCase() as `0x${string}`
  expect((await list({ owner })).items.map(({ tokenId }) => tokenId)).toEqual([ids[2], ids[0]])
})

test('refuses a cursor that it did not give out', async () => {
  const answer = await service.call('listTokens', { query: { cursor: 'x' } })
  expect(answer).toMatchObject({ status: 422, problem: { code: 'request.invalid' } })
})
