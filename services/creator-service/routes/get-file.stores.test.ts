import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aMint, aTransfer } from '../testing/facts.ts'
import { type Creator, openCreator } from '../testing/open-creator.ts'
import { type Caller, newCaller } from '../testing/sign-in.ts'
import { openTestChain, type TestChain } from '../testing/test-chain.ts'
import { register } from '../testing/works.ts'

let chain: TestChain
let service: Creator
let ada: Caller
beforeAll(async () => {
  chain = await openTestChain()
  service = await openCreator({ chain })
  ada = await newCaller(service)
})
afterAll(async () => {
  await service?.close()
  await chain?.stop()
})

const fetchAs = ({ address }: Caller, workId: string) =>
  service.call('getFile', { params: { workId } }, { as: address })

test('the file is for the creator and the present owner', async () => {
  const [owner, former] = [await newCaller(service), await newCaller(service)]
  const bytes = Buffer.from('a text\nof two lines')
  const work = await register(service, ada, {}, bytes)
  await service.hear(
    aMint(service, work, former.address, 1),
    aTransfer(service, work, former.address, { epoch: 1n, block: 1 }),
    aTransfer(service, work, owner.address, { epoch: 2n, block: 2 }),
  )
  const file = await fetchAs(owner, work.id)
  expect([file, await fetchAs(ada, work.id)]).toMatchObject([{ value: bytes }, { value: bytes }])
  expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
  expect(file.headers.has('content-disposition')).toBe(false)
  const forbidden = { status: 403, problem: { code: 'work.no-access' } }
  expect(await fetchAs(former, work.id)).toMatchObject(forbidden)
  expect(await fetchAs(await newCaller(service), work.id)).toMatchObject(forbidden)
  expect(await service.call('getFile', { params: { workId: work.id } })).toMatchObject({
    problem: { code: 'auth.missing' },
  })
})

test('what a browser would run is only ever downloaded', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  const { id } = await register(service, ada, {}, svg)
  const { headers } = await fetchAs(ada, id)
  expect(headers.get('content-type')).toBe('image/svg+xml')
  expect(headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''%C3%A9tude\.bin$/)
  expect(headers.get('content-security-policy')).toContain('sandbox')
})

test('a work that was never registered has no file, and a file that is lost is asked for again later', async () => {
  expect(await fetchAs(ada, randomUUID())).toMatchObject({ status: 404, problem: { code: 'work.unknown' } })
  const { id } = await register(service, ada)
  await rm(service.folder, { recursive: true })
  expect(await fetchAs(ada, id)).toMatchObject({ status: 503, problem: { code: 'internal.unavailable' } })
})
