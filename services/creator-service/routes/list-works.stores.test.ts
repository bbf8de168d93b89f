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

const list = async (query: { creator?: string; limit?: number; cursor?: string }) => {
  const { items, next } = accepted(await service.call('listWorks', { query }))
  return { ids: items.map(({ id }) => id), next }
}

test('works are listed newest first, page by page, of all or of one creator', async () => {
  const [ada, bob] = [await newCaller(service), await newCaller(service)]
  const ids: string[] = []
  for (let count = 0; count < 3; count += 1) ids.unshift((await register(service, bob)).id)
  const { id: last } = await register(service, ada)
  const first = await list({ creator: bob.account, limit: 2 })
  expect(first.ids).toEqual(ids.slice(0, 2))
  expect(await list({ creator: bob.account, limit: 2, cursor: first.next ?? '' })).toEqual({
    ids: ids.slice(2),
    next: null,
  })
  expect((await list({})).ids).toEqual([last, ...ids])
})

test('a cursor that is none is refused', async () => {
  expect(await service.call('listWorks', { query: { cursor: '..' } })).toMatchObject({
    status: 422,
    problem: { code: 'request.invalid' },
  })
})
