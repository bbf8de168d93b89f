import { createChainClient } from '@knowton/adapters/chain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mintFor } from '../testing/minting.ts'
import { answered, nothing, openWorkingService, type WorkingService } from '../testing/working-service.ts'
import { getContracts } from './get-contracts.ts'

let service: WorkingService
beforeAll(async () => {
  service = await openWorkingService()
})
afterAll(() => service?.close())

test('tells the chain, the contracts, the fee and the followed head', async () => {
  await mintFor(service, await service.chain.account())
  const { head, ...contracts } = answered(await getContracts(nothing, service.call()))
  const { deploymentBlock: _, ...places } = service.chain.contracts
  expect(contracts).toEqual({ ...places, feeBps: 100 })
  expect(head?.number).toBeGreaterThan(0)
})

test('refuses while the chain does not answer', async () => {
  const { chainId } = service.ports.contracts
  const nobody = createChainClient({ rpcUrl: 'http://127.0.0.1:9', chainId })
  const call = { ...service.call(), ports: { ...service.ports, client: nobody } }
  expect(await getContracts(nothing, call)).toMatchObject({ ok: false, refusal: { kind: 'chain.unreachable' } })
})
