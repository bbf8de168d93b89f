import { randomBytes } from 'node:crypto'
import { createChainClient } from '@knowton/adapters/chain'
import { postgres, postgresEvents } from '@knowton/adapters/postgres'
import type { Host, Implementation } from '@knowton/kit'
import { errors } from '@knowton/system'
import { createBooks } from './books/book-store.ts'
import { exchangeChainView } from './chain/exchange-chain-view.ts'
import { nftMinted } from './consumers/nft-minted.ts'
import { relayFailed } from './consumers/relay-failed.ts'
import { tokenTransfers } from './consumers/token-transfers.ts'
import { trades } from './consumers/trades.ts'
import { createBookFeed } from './feed/book-feed.ts'
import { matchesLongestSettlingSeconds, matchesSettling, ordersOpen } from './gauges/market-gauges.ts'
import { expireOrders } from './jobs/expire-orders.ts'
import { recheckOrders } from './jobs/recheck-orders.ts'
import type { Declared, Ports } from './ports.ts'
import { cancelOrder } from './routes/cancel-order.ts'
import { followBook } from './routes/follow-book.ts'
import { getBestPrices } from './routes/get-best-prices.ts'
import { getBook } from './routes/get-book.ts'
import { getOrder } from './routes/get-order.ts'
import { getTerms } from './routes/get-terms.ts'
import { listMatches } from './routes/list-matches.ts'
import { listOrders } from './routes/list-orders.ts'
import { placeOrder } from './routes/place-order.ts'

const ports = async ({ config, stores, log, newId, signal }: Host<Declared>): Promise<Ports> => {
  const contracts = {
    chainId: config.chainId,
    exchange: config.exchangeAddress,
    workToken: config.workTokenAddress,
    currencies: config.currencies,
  }
  const client = createChainClient({ rpcUrl: config.chainRpcUrl, chainId: config.chainId })
  await createBooks(stores.db, contracts)
  return {
    db: stores.db,
    chain: exchangeChainView(client, contracts),
    feed: createBookFeed({ db: stores.db, log, signal }),
    contracts,
    newId,
    randomNonce: () => BigInt(`0x${randomBytes(32).toString('hex')}`),
    expirySweepMs: config.expirySweepMs,
    recheckSeconds: config.recheckSeconds,
  }
}

/** How everything that the declaration names is done. */
export const implementation: Implementation<Declared, Ports> = {
  errors,
  stores: { db: postgres },
  eventSource: postgresEvents,
  migrations: new URL('./migrations/', import.meta.url),
  ports,
  routes: {
    getTerms,
    getBook,
    getBestPrices,
    listMatches,
    followBook,
    placeOrder,
    getOrder,
    listOrders,
    cancelOrder,
  },
  consumers: { nftMinted, tokenTransfers, trades, relayFailed },
  jobs: { expireOrders, recheckOrders },
  gauges: { matchesSettling, matchesLongestSettlingSeconds, ordersOpen },
}
