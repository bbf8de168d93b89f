import { createBlockSource, createChainClient, createSigner, createTransactionNode } from '@knowton/adapters/chain'
import { postgres, postgresEvents } from '@knowton/adapters/postgres'
import type { Host, Implementation } from '@knowton/kit'
import { errors } from '@knowton/system'
import { mintRequested } from './consumers/mint-requested.ts'
import { ordersMatched } from './consumers/orders-matched.ts'
import {
  chainHeadAgeSeconds,
  chainUnfinalizedBlocks,
  relayerBalanceWei,
  relayLongestWaitSeconds,
  relayWaitingRequests,
} from './gauges/gauges.ts'
import { followChain } from './jobs/follow-chain.ts'
import { relayRequests } from './jobs/relay-requests.ts'
import { createWakeup } from './jobs/wakeup.ts'
import type { Declared, Ports } from './ports.ts'
import { followTransaction } from './routes/follow-transaction.ts'
import { getContracts } from './routes/get-contracts.ts'
import { getRoyalties } from './routes/get-royalties.ts'
import { getToken } from './routes/get-token.ts'
import { getTransaction } from './routes/get-transaction.ts'
import { listTokens } from './routes/list-tokens.ts'

/** A process that dies holds up its successor for so long. */
const LEASE_MS = 5_000

const ports = ({ config, secrets, stores, newId }: Host<Declared>): Ports => {
  const { chainId } = config
  const client = createChainClient({ rpcUrl: config.chainRpcUrl, chainId })
  return {
    db: stores.db,
    client,
    blocks: createBlockSource(client),
    node: createTransactionNode(client),
    signer: createSigner(secrets.relayerKey.reveal(), chainId),
    contracts: {
      chainId,
      workToken: config.workTokenAddress,
      exchange: config.exchangeAddress,
      splitterFactory: config.splitterFactoryAddress,
      deploymentBlock: config.deploymentBlock,
      currencies: config.currencies,
    },
    relay: { stuckSeconds: config.stuckSeconds, maxFeePerGasWei: config.maxFeePerGasWei, leaseMs: LEASE_MS },
    pollMs: config.pollMs,
    holder: newId(),
    wakeups: { follower: createWakeup(), sender: createWakeup() },
  }
}

/** How everything that the declaration names is done. */
export const implementation: Implementation<Declared, Ports> = {
  errors,
  stores: { db: postgres },
  eventSource: postgresEvents,
  migrations: new URL('./migrations/', import.meta.url),
  ports,
  routes: { getContracts, listTokens, getToken, getRoyalties, getTransaction, followTransaction },
  consumers: { mintRequested, ordersMatched },
  jobs: { followChain, relayRequests },
  gauges: {
    chainHeadAgeSeconds,
    chainUnfinalizedBlocks,
    relayWaitingRequests,
    relayLongestWaitSeconds,
    relayerBalanceWei,
  },
}
