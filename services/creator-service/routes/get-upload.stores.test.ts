import { accepted } from '@knowton/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { newCaller } from '../testing/sign-in.ts'
import { upload } from '../testing/works.ts'

let service: Creator
beforeAll(async () => {
  service = await openCreator()
})
afterAll(() => service?.close())

test('answers with how far an upload is, to nobody but its sender', async () => {
  const caller = await newCaller(service)
  const stored = await upload(service, caller)
  const params = { uploadId: stored.id }
  expect(accepted(await service.call('getUpload', { params }, { as: caller.address }))).toEqual(stored)
  const stranger = await newCaller(service)
  expect(await service.call('getUpload', { params }, { as: stranger.address })).toMatchObject({
    status: 404,
    problem: { code: 'upload.unknown' },
  })
})
