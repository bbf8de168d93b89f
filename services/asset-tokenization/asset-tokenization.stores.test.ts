import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkingService, type WorkingService } from './testing/working-service.ts'
import { mintRequest } from './testing/works.ts'

let service: WorkingService
beforeAll(async () => {
  service = await openWorkingService()
})
afterAll(() => service?.close())

test('many mints and a stop in the middle: everything is carried on with and happens once', async () => {
  const creator = await service.chain.account()
  const requests = await Promise.all(Array.from({ length: 30 }, () => mintRequest(service.chain, creator)))
  await service.hear({ mints: requests })
  await service.stopJobs()
  service.startJobs()
  const ends = await Promise.all(requests.map(({ requestId }) => service.watch(requestId)))
  expect(ends.map((states) => states.at(-1)?.state)).toEqual(requests.map(() => 'final'))
  const sent = await service.db.query(`SELECT FROM relay_transaction WHERE purpose = 'mint'`, [])
  expect(sent).toHaveLength(requests.length)
})
