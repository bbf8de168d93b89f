import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { newCaller } from '../testing/sign-in.ts'

let service: Creator
beforeAll(async () => {
  service = await openCreator()
})
afterAll(() => service?.close())

const signOut = (refreshToken: string) => service.call('signOut', { body: { refreshToken } })

test('closes the session: its refresh token serves no more, however often it is signed out', async () => {
  const { refreshToken } = await newCaller(service)
  expect(accepted(await signOut(refreshToken))).toEqual({ signedOut: true })
  expect(accepted(await signOut(refreshToken))).toEqual({ signedOut: true })
  expect(await service.call('refresh', { body: { refreshToken } })).toMatchObject({
    status: 401,
    problem: { code: 'auth.refresh' },
  })
})

test('a token that belongs to no session is signed out already', async () => {
  expect(accepted(await signOut('A'.repeat(43)))).toEqual({ signedOut: true })
})
