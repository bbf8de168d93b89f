import { freshDatabase } from '@knowton/adapters/postgres/testing'
import { accepted, openService } from '@knowton/kit/testing'
import { assetTokenization } from '@knowton/system'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { implementation } from '../implementation.ts'
import { settingsOf } from '../testing/settings.ts'
import { mintFor, openWorkingService, type WorkingService } from '../testing/working-service.ts'

let service: WorkingService
beforeAll(async () => {
  service = await openWorkingService()
})
afterAll(() => service?.close())

test('tells the chain, the contracts, the fee and the followed head', async () => {
  await mintFor(service, await service.chain.account())
  const { head, ...contracts } = accepted(await service.call('getContracts', {}))
  const { deploymentBlock: _, ...places } = service.chain.contracts
  expect(contracts).toEqual({ ...places, feeBps: 100 })
  expect(head?.number).toBeGreaterThan(0)
})

test('says so when the chain does not answer', async () => {
  const deaf = await openService(
    assetTokenization,
    { ...implementation, jobs: {} },
    {
      stores: { db: await freshDatabase() },
      settings: settingsOf(service.chain),
    },
  )
  expect(await deaf.call('getContracts', {})).toMatchObject({ status: 503, problem: { code: 'chain.unreachable' } })
  await deaf.close()
})
