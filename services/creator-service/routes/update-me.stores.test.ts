import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { newCaller } from '../testing/sign-in.ts'

let service: Creator
beforeAll(async () => {
  service = await openCreator()
})
afterAll(() => service?.close())

test('an account says of itself what it likes; what it leaves out stays', async () => {
  const { address: as } = await newCaller(service)
  const named = await service.call('updateMe', { body: { displayName: ' Ada \u{1f3b9} ' } }, { as })
  expect(accepted(named)).toMatchObject({ displayName: 'Ada \u{1f3b9}', bio: '' })
  const described = await service.call('updateMe', { body: { bio: 'Makes études.' } }, { as })
  expect(accepted(described)).toMatchObject({ displayName: 'Ada \u{1f3b9}', bio: 'Makes études.' })
  expect(accepted(await service.call('getMe', {}, { as }))).toEqual(accepted(described))
})

test.each([{ displayName: ' ' }, { displayName: 'x'.repeat(81) }, { bio: 'x'.repeat(2001) }, { works: 7 }])(
  'refuses %j',
  async (body) => {
    const { address: as } = await newCaller(service)
    expect(await service.send('PATCH /creators/me', { as, body })).toMatchObject({
      status: 422,
      json: { code: 'request.invalid' },
    })
  },
)
