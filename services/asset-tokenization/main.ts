import { postgres, postgresEvents } from '@knowton/adapters/postgres'
import { type Host, run } from '@knowton/kit'
import { assetTokenization, errors } from '@knowton/system'
import { mintRequested } from './consumers/mint-requested.ts'
import { ordersMatched } from './consumers/orders-matched.ts'
import { chainHeadAgeSeconds, chainUnfinalizedBlocks } from './gauges/chain-gauges.ts'
import { relayerBalanceWei, relayLongestWaitSeconds, relayWaitingRequests } from './gauges/relay-gauges.ts'
import { followChain } from './jobs/follow-chain.ts'
import { relayRequests } from './jobs/relay-requests.ts'
import { openPorts, type Ports } from './ports.ts'
import { followTransaction } from './routes/follow-transaction.ts'
import { getContracts } from './routes/get-contracts.ts'
import { getRoyalties } from './routes/get-royalties.ts'
import { getToken } from './routes/get-token.ts'
import { getTransaction } from './routes/get-transaction.ts'
import { listTokens } from './routes/list-tokens.ts'

const ports = (host: Host<typeof assetTokenization>): Ports => openPorts(host)

await run(assetTokenization, {
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
})
