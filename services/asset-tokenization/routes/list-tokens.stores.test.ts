import { afterAll, beforeAll, expect, test } from 'vitest'
import { mintFor } from '../testing/minting.ts'
import { answered, nothing, openWorkingService, type WorkingService } from '../testing/working-service.ts'
import { listTokens } from './list-tokens.ts'

let service: WorkingService
beforeAll(async () => {
  service = await openWorkingService()
})
afterAll(() => service?.close())

test('tokens are listed newest first, page by page, whole or by owner', async () => {
  const [creator, other] = [await service.chain.account(), await service.chain.account()]
  const ids: bigint[] = []
  for (const account of [creator, other, creator]) ids.push((await mintFor(service, account)).tokenId)
  const list = (query: Partial<Parameters<typeof listTokens>[0]['query']>) =>
    listTokens({ ...nothing, query: { limit: 20, ...query } }, service.call()).then(answered)
  const first = await list({ limit: 2 })
  const second = await list({ limit: 2, ...(first.next === null ? {} : { cursor: first.next }) })
  const paged = [...first.items, ...second.items].map(({ tokenId }) => tokenId)
  expect(paged.filter((tokenId) => ids.includes(tokenId))).toEqual(ids.toReversed())
  expect(second.items.every(({ tokenId }) => !first.items.some((item) => item.tokenId === tokenId))).toBe(true)
  const owner = creator.address.toLowerCase() as `0x${string}`
  expect((await list({ owner })).items.map(({ tokenId }) => tokenId)).toEqual([ids[2], ids[0]])
  await expect(list({ cursor: 'x' })).rejects.toMatchObject({ code: 'request.invalid' })
})
