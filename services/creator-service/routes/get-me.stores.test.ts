import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { newCaller } from '../testing/sign-in.ts'

let service: Creator
beforeAll(async () => {
  service = await openCreator()
})
afterAll(() => service?.close())

test('an account is called by its short address from its first sign-in on', async () => {
  const { address, account } = await newCaller(service)
  expect(accepted(await service.call('getMe', {}, { as: address }))).toEqual({
    account,
    displayName: `${address.slice(0, 6)}…${address.slice(-4)}`,
    bio: '',
    firstSeenAt: service.clock.now,
    works: 0,
  })
})

test('a token of an account that never signed in here is not valid, and without one nobody is known', async () => {
  const stranger = `0x${'5'.repeat(40)}` as const
  expect(await service.call('getMe', {}, { as: stranger })).toMatchObject({
    status: 401,
    problem: { code: 'auth.invalid' },
  })
  expect(await service.call('getMe', {})).toMatchObject({ status: 401, problem: { code: 'auth.missing' } })
})
