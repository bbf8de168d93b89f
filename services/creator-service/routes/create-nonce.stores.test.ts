import { TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator, PUBLIC_ORIGIN } from '../testing/open-creator.ts'

let service: Creator
beforeAll(async () => {
  service = await openCreator()
})
afterAll(() => service?.close())

test('tells everything that a sign-in message must carry, the nonce never twice', async () => {
  const first = await service.call('createNonce', {})
  const second = await service.call('createNonce', {})
  expect(first).toMatchObject({
    status: 201,
    value: {
      nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
      domain: new URL(PUBLIC_ORIGIN).host,
      uri: PUBLIC_ORIGIN,
      chainId: TEST_CHAIN_ID,
      version: '1',
      expirationTime: new Date(service.clock.now.getTime() + 5 * 60_000),
    },
  })
  expect(accepted(first).nonce).not.toBe(accepted(second).nonce)
})

test('a service does not start with an origin that nobody could sign in at', async () => {
  await expect(openCreator({ settings: { publicOrigin: 'ftp://knowton.example' } })).rejects.toMatchObject({
    code: 'config.invalid',
    message: 'PUBLIC_ORIGIN must begin with https:// or http://.',
  })
})
