import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { newCaller } from '../testing/sign-in.ts'
import { forgetOnce } from './forget-sign-ins.ts'

let service: Creator
beforeAll(async () => {
  service = await openCreator()
})
afterAll(() => service?.close())

const DAY_MS = 86_400_000
const start = () => service.clock.now.getTime()
const countOf = async (table: 'sign_in_nonce' | 'session' | 'refresh_token') => {
  const [row] = await service.stores.db.query<{ readonly rows: bigint }>(`SELECT count(*) AS rows FROM ${table}`, [])
  return Number(row?.rows)
}

test('a nonce is deleted when its time is over, and not before', async () => {
  accepted(await service.call('createNonce', {}))
  await forgetOnce(service.jobContext())
  expect(await countOf('sign_in_nonce')).toBe(1)
  service.clock.now = new Date(start() + 5 * 60_000)
  await forgetOnce(service.jobContext())
  expect(await countOf('sign_in_nonce')).toBe(0)
})

test('a session is deleted with its tokens a month after it ended', async () => {
  await newCaller(service)
  service.clock.now = new Date(start() + 59 * DAY_MS)
  await forgetOnce(service.jobContext())
  expect(await countOf('session')).toBe(1)
  service.clock.now = new Date(start() + DAY_MS)
  await forgetOnce(service.jobContext())
  expect([await countOf('session'), await countOf('refresh_token')]).toEqual([0, 0])
})
