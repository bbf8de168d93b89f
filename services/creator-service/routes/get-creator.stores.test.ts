import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { newCaller } from '../testing/sign-in.ts'

let service: Creator
beforeAll(async () => {
  service = await openCreator()
})
afterAll(() => service?.close())

test('anyone reads what an account says of itself', async () => {
  const { address: as, account } = await newCaller(service)
  const changed = accepted(await service.call('updateMe', { body: { displayName: 'Ada' } }, { as }))
  expect(accepted(await service.call('getCreator', { params: { account } }))).toEqual(changed)
})

test('an account that has not signed in here is unknown', async () => {
  expect(await service.call('getCreator', { params: { account: `eip155:1:0x${'1'.repeat(40)}` } })).toMatchObject({
    status: 404,
    problem: { code: 'creator.unknown' },
  })
})
