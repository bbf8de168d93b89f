import { TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import { freshDatabase } from '@knowton/adapters/postgres/testing'
import type { Hex } from '@knowton/core'
import type { Implementation } from '@knowton/kit'
import {
  createTestTokens,
  openService,
  type TestService,
  type TestSettings,
  temporaryFolder,
} from '@knowton/kit/testing'
import { creatorService } from '@knowton/system'
import { implementation } from '../implementation.ts'
import type { Declared, Ports } from '../ports.ts'

/** The service at work for one test. */
export type Creator = TestService<Declared, Ports> & {
  /** Where its files lie. */
  readonly folder: string
  /** SPKI PEM of the key that verifies its access tokens. */
  readonly publicKeyPem: string
}

/** The chain that the service asks, and where the contracts on it are. */
export type ChainPlace = {
  readonly rpcUrl: string
  readonly contracts: { readonly workToken: Hex; readonly splitterFactory: Hex }
}

/** A chain that never answers. */
const NOWHERE: ChainPlace = {
  rpcUrl: 'http://127.0.0.1:1',
  contracts: { workToken: `0x${'1'.repeat(40)}`, splitterFactory: `0x${'2'.repeat(40)}` },
}

/** The origin that people sign in at. */
export const PUBLIC_ORIGIN = 'https://knowton.example'

/** How a test's service differs from the real one. */
type Changes = {
  readonly chain?: ChainPlace
  readonly settings?: TestSettings<Declared>['settings']
  readonly ports?: (ports: Ports) => Ports
}

/** Opens the service on a database and a folder of its own; its jobs run only when they are called. */
export const openCreator = async ({ chain = NOWHERE, settings = {}, ports }: Changes = {}): Promise<Creator> => {
  const tokens = createTestTokens()
  const files = await temporaryFolder()
  const changed: Implementation<Declared, Ports> = {
    ...implementation,
    ports: async (host) => {
      const opened = await implementation.ports(host)
      return ports === undefined ? opened : ports(opened)
    },
    jobs: {},
  }
  const service = await openService(creatorService, changed, {
    stores: { db: await freshDatabase(), files },
    tokens,
    settings: { ...placeSettings(chain), accessTokenKey: tokens.privateKeyPem, ...settings },
  })
  return { ...service, folder: files.path, publicKeyPem: tokens.publicKeyPem }
}

/** The settings that say where the service is. */
export const placeSettings = ({ rpcUrl, contracts }: ChainPlace) => ({
  chainRpcUrl: rpcUrl,
  chainId: TEST_CHAIN_ID,
  workTokenAddress: contracts.workToken,
  exchangeAddress: contracts.workToken,
  splitterFactoryAddress: contracts.splitterFactory,
  deploymentBlock: 0,
  currencies: [{ address: `0x${'0'.repeat(40)}`, symbol: 'ETH', decimals: 18 }],
  publicOrigin: PUBLIC_ORIGIN,
})
