import { randomUUID } from 'node:crypto'
import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { type Caller, newCaller } from '../testing/sign-in.ts'

let service: Creator
let caller: Caller
beforeAll(async () => {
  service = await openCreator()
  caller = await newCaller(service)
})
afterAll(() => service?.close())

test('an announced file waits for its bytes', async () => {
  const body = { fileName: 'a.bin', sizeBytes: 5, sha256: `0x${'AB'.repeat(32)}` }
  expect(await service.call('createUpload', { body }, { as: caller.address })).toMatchObject({
    status: 201,
    value: { state: 'waiting', fileName: 'a.bin', sizeBytes: 5, receivedBytes: 0, sha256: null, failure: null },
  })
})

test('the same announcement under one key is one upload', async () => {
  const sender = { as: caller.address, headers: { 'idempotency-key': randomUUID() } }
  const body = { fileName: 'a', sizeBytes: 5 }
  const first = accepted(await service.call('createUpload', { body }, sender))
  expect(accepted(await service.call('createUpload', { body }, sender))).toEqual(first)
})

test.each([
  { fileName: 'a\0b', sizeBytes: 1 },
  { fileName: '\ud800', sizeBytes: 1 },
  { fileName: '', sizeBytes: 1 },
  { fileName: 'a', sizeBytes: 0 },
  { fileName: 'a', sizeBytes: 2 * 1024 ** 3 + 1 },
  { fileName: 'a', sizeBytes: 1, sha256: '0x12' },
])('refuses %j', async (body) => {
  expect(await service.call('createUpload', { body }, { as: caller.address })).toMatchObject({
    status: 422,
    problem: { code: 'request.invalid' },
  })
})
