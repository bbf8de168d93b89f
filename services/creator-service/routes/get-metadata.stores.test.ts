import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { newCaller } from '../testing/sign-in.ts'
import { openTestChain, type TestChain } from '../testing/test-chain.ts'
import { register, SHARES } from '../testing/works.ts'

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

test('the metadata are the very bytes that the token is bound to, and are not sent twice', async () => {
  const ada = await newCaller(service)
  const work = await register(service, ada, { title: 'Ünï "code" \u{1f3b9}' })
  const metadata = await service.send(`GET /content/${work.id}/metadata`)
  expect(`0x${createHash('sha256').update(metadata.bytes).digest('hex')}`).toBe(work.uriHash)
  expect(work.tokenUri).toBe(`ipfs://f01551220${work.uriHash.slice(2)}`)
  expect(metadata.json).toMatchObject({
    name: 'Ünï "code" \u{1f3b9}',
    content: `ipfs://${work.cid}`,
    properties: { contentHash: work.contentHash, creator: ada.account, royaltyBps: 500, shares: SHARES },
  })
  expect(metadata.headers.get('content-type')).toBe('application/json')
  const headers = { 'if-none-match': metadata.headers.get('etag') ?? '' }
  expect((await service.send(`GET /content/${work.id}/metadata`, { headers })).status).toBe(304)
})

test('a work that was never registered has no metadata', async () => {
  const unknown = { status: 404, problem: { code: 'work.unknown' } }
  expect(await service.call('getMetadata', { params: { workId: randomUUID() } })).toMatchObject(unknown)
})
