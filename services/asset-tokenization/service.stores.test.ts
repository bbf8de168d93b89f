import { freshDatabase } from '@knowton/adapters/postgres/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Deployed, deploy } from './testing/deployed.ts'
import { watch, workOn } from './testing/working-service.ts'
import { mintRequest } from './testing/works.ts'

let chain: Deployed
beforeAll(async () => {
  chain = await deploy(1)
})
afterAll(() => chain?.anvil.stop())

test('many mints and a stop in the middle: everything is carried on with and happens once', async () => {
  const { url, close } = await freshDatabase()
  const first = await workOn(chain, { url, close: async () => undefined })
  const creator = await chain.account()
  const requests = await Promise.all(Array.from({ length: 30 }, () => mintRequest(chain, creator)))
  await first.hear(...requests.map((payload) => ({ topic: 'mintRequested', payload }) as const))
  await first.close()
  const second = { ...(await workOn(chain, { url, close })), chain }
  const ends = await Promise.all(requests.map(({ requestId }) => watch(second, requestId)))
  expect(ends.map((states) => states.at(-1)?.state)).toEqual(requests.map(() => 'final'))
  const sent = await second.stores.db.query(`SELECT FROM relay_transaction WHERE purpose = 'mint'`, [])
  expect(sent).toHaveLength(requests.length)
  await second.close()
})
