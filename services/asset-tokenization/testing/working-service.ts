import { freshDatabase } from '@knowton/adapters/postgres/testing'
import { openService, type TestService, type TestStore } from '@knowton/kit/testing'
import { assetTokenization } from '@knowton/system'
import type { PrivateKeyAccount } from 'viem/accounts'
import { implementation } from '../implementation.ts'
import type { Declared, Ports } from '../ports.ts'
import type { MintRequest, RelayView } from '../relay/request-store.ts'
import { type Deployed, deploy } from './deployed.ts'
import { settingsOn } from './settings.ts'
import { mintRequest } from './works.ts'

/** The service at work, its jobs too, on a chain of its own. */
export type WorkingService = TestService<Declared, Ports> & { readonly chain: Deployed }

/** Opens the service on a new chain, where everything mined is final two blocks later. */
export const openWorkingService = async (): Promise<WorkingService> => {
  const chain = await deploy(1)
  const service = await workOn(chain, await freshDatabase())
  return {
    ...service,
    chain,
    close: async () => {
      await service.close()
      await chain.anvil.stop()
    },
  }
}

/** Starts the service on a chain and a database, which its end throws away. */
export const workOn = (chain: Deployed, db: TestStore): Promise<TestService<Declared, Ports>> =>
  openService(assetTokenization, implementation, { stores: { db }, settings: settingsOn(chain) })

/** Watches a request by its route until it ends; mines blocks once it is in one, so that it becomes final. */
export const watch = async (
  service: Pick<WorkingService, 'handle' | 'chain'>,
  requestId: string,
): Promise<readonly RelayView[]> => {
  const followed = await service.handle('followTransaction', { params: { requestId } })
  if (!followed.ok) throw new Error('the route refused')
  const seen: RelayView[] = []
  for await (const view of followed.value) {
    seen.push(view)
    if (view.state === 'confirmed') await service.chain.anvil.ask('anvil_mine', '0x3')
  }
  return seen
}

/** Mints a work of `creator` and waits until it is final. Throws an Error when it does not come so far. */
export const mintFor = async (service: WorkingService, creator: PrivateKeyAccount): Promise<MintRequest> => {
  const payload = await mintRequest(service.chain, creator)
  await service.hear({ topic: 'mintRequested', payload })
  const last = (await watch(service, payload.requestId)).at(-1)
  if (last?.state !== 'final') throw new Error(`the mint is ${last?.state}`)
  return payload
}
