import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { TEST_CHAIN_ID } from '@knowton/adapters/chain/testing'
import { disk } from '@knowton/adapters/disk'
import { memoryEvents } from '@knowton/adapters/memory'
import { postgres } from '@knowton/adapters/postgres'
import { freshDatabase, silentLog } from '@knowton/adapters/postgres/testing'
import type { Database, Files } from '@knowton/kit'
import { startService } from '@knowton/kit'
import { creatorService } from '@knowton/system'
import { implementation } from '../implementation.ts'
import type { TestChain } from './test-chain.ts'

/** The service at work on a database, a folder and a chain of its own. */
export type OpenService = {
  readonly url: string
  readonly db: Database
  readonly files: Files
  readonly folder: string
  /** The service's clock stands where it is put. */
  readonly clock: { now: Date }
  readonly publicKeyPem: string
  readonly close: () => Promise<void>
}

export const PUBLIC_ORIGIN = 'https://knowton.example'

/** Starts the service as it is run, but for its clock and the log it hears. */
export const openService = async (
  chain: Pick<TestChain, 'contracts'> & { readonly anvil: { readonly rpcUrl: string } },
  settings: Readonly<Record<string, string>> = {},
): Promise<OpenService> => {
  const fresh = await freshDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'knowton-creator-'))
  const filesUrl = pathToFileURL(folder).href
  const clock = { now: new Date() }
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicKeyPem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const environment = {
    LOG_LEVEL: 'error',
    ACCESS_TOKEN_PUBLIC_KEY: publicKeyPem,
    ACCESS_TOKEN_KEY: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    STORE_DB_URL: fresh.url,
    STORE_FILES_URL: filesUrl,
    EVENT_SOURCES: JSON.stringify([{ publisher: 'asset-tokenization', url: fresh.url, topics: TOPICS }]),
    CHAIN_RPC_URL: chain.anvil.rpcUrl,
    CHAIN_ID: String(TEST_CHAIN_ID),
    WORK_TOKEN_ADDRESS: chain.contracts.workToken,
    EXCHANGE_ADDRESS: chain.contracts.workToken,
    SPLITTER_FACTORY_ADDRESS: chain.contracts.splitterFactory,
    DEPLOYMENT_BLOCK: '0',
    CURRENCIES: JSON.stringify([{ address: `0x${'0'.repeat(40)}`, symbol: 'ETH', decimals: 18 }]),
    PUBLIC_ORIGIN,
    ...settings,
  }
  const heard = { ...implementation, eventSource: async () => memoryEvents() }
  const service = await startService(creatorService, heard, environment, () => clock.now)
  const store = { serviceName: 'test', log: silentLog }
  const db = await postgres({ ...store, url: fresh.url })
  const files = await disk({ ...store, url: filesUrl })
  return {
    url: service.url,
    db: db.store,
    files: files.store,
    folder,
    clock,
    publicKeyPem,
    close: async () => {
      await service.stop()
      await db.close()
      await fresh.close()
      await rm(folder, { recursive: true })
    },
  }
}

const TOPICS = ['nft-minted', 'token-transfers', 'relay-failed']
