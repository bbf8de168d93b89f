import { freshDatabase } from '@knowton/adapters/postgres/testing'
import type { Hex } from '@knowton/core'
import type { Database, Implementation } from '@knowton/kit'
import { openService, type TestService } from '@knowton/kit/testing'
import { marketplaceService } from '@knowton/system'
import { implementation } from '../implementation.ts'
import type { Declared, Ports } from '../ports.ts'
import { createMemoryChain, type MemoryChain } from './memory-chain.ts'

export const EXCHANGE: Hex = `0x${'e'.repeat(40)}`
export const COLLECTION: Hex = `0x${'c'.repeat(40)}`
export const TEST_USD: Hex = `0x${'d'.repeat(40)}`
export const NATIVE: Hex = `0x${'0'.repeat(40)}`

/** The service at work over a chain in memory, but for its jobs, which tests call. */
export type TestMarket = TestService<Declared, Ports> & { readonly db: Database; readonly chain: MemoryChain }

/** Opens a market of TestUSD and the native currency over a database of its own. */
export const openMarket = async (): Promise<TestMarket> => {
  const chain = createMemoryChain()
  let nonce = 0n
  const randomNonce = () => {
    nonce += 1n
    return nonce
  }
  const overMemory: Implementation<Declared, Ports> = {
    ...implementation,
    ports: async (host) => ({ ...(await implementation.ports(host)), chain, randomNonce }),
    jobs: {},
  }
  const service = await openService(marketplaceService, overMemory, {
    stores: { db: await freshDatabase() },
    settings,
    now: new Date('2026-01-01T00:00:00Z'),
  })
  return { ...service, db: service.stores.db, chain }
}

const settings = {
  chainRpcUrl: 'http://127.0.0.1:9',
  chainId: 31_337,
  workTokenAddress: COLLECTION,
  exchangeAddress: EXCHANGE,
  splitterFactoryAddress: `0x${'f'.repeat(40)}`,
  deploymentBlock: 0,
  currencies: [
    { address: TEST_USD, symbol: 'tUSD', decimals: 6 },
    { address: NATIVE, symbol: 'ETH', decimals: 18 },
  ],
  recheckSeconds: 30,
}
