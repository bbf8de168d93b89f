import type { PrivateKeyAccount } from 'viem/accounts'
import type { MintRequest } from '../relay/request-store.ts'
import type { WorkingService } from './working-service.ts'
import { mintRequest } from './works.ts'

/** Mints a work of `creator` and waits until it is final. Throws when it does not come so far. */
export const mintFor = async (service: WorkingService, creator: PrivateKeyAccount): Promise<MintRequest> => {
  const request = await mintRequest(service.chain, creator)
  await service.hear({ mints: [request] })
  const last = (await service.watch(request.requestId)).at(-1)
  if (last?.state !== 'final') throw new Error(`the mint is ${last?.state}`)
  return request
}
