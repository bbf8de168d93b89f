import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { newCaller } from '../testing/sign-in.ts'

let service: Creator
beforeAll(async () => {
  service = await openCreator()
})
afterAll(() => service?.close())

const refresh = (refreshToken: string) => service.call('refresh', { body: { refreshToken } })
const refused = (code: string) => ({ status: 401, problem: { code } })

test('a refresh token is exchanged once; using it again closes everything that came of it', async () => {
  const { refreshToken, account } = await newCaller(service)
  const second = accepted(await refresh(refreshToken))
  expect(second.account).toBe(account)
  const third = accepted(await refresh(second.refreshToken))
  expect(await refresh(refreshToken)).toMatchObject(refused('auth.reuse'))
  expect(await refresh(third.refreshToken)).toMatchObject(refused('auth.refresh'))
})

test('of two uses of one refresh token at once, only one gets a pair, and it is closed', async () => {
  const { refreshToken } = await newCaller(service)
  const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
  for (const answer of answers) {
    if (answer.ok) expect(await refresh(answer.value.refreshToken)).toMatchObject(refused('auth.refresh'))
  }
})

test('a refresh token ends with its time, and was never a guess', async () => {
  expect(await refresh('A'.repeat(43))).toMatchObject(refused('auth.refresh'))
  const { refreshToken } = await newCaller(service)
  const before = service.clock.now
  service.clock.now = new Date(before.getTime() + 30 * 86_400_000)
  expect(await refresh(refreshToken)).toMatchObject(refused('auth.refresh'))
  service.clock.now = before
})

test('refresh tokens are not in the database', async () => {
  const { refreshToken } = await newCaller(service)
  const rows = await service.stores.db.query<{ readonly text: string }>(
    'SELECT (refresh_token.*)::text AS text FROM refresh_token UNION ALL SELECT (session.*)::text FROM session',
    [],
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter(({ text }) => text.includes(refreshToken))).toEqual([])
})
