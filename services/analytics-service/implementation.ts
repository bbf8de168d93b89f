import { chdb } from '@knowton/adapters/chdb'
import { postgres, postgresEvents } from '@knowton/adapters/postgres'
import type { Host, Implementation } from '@knowton/kit'
import { errors } from '@knowton/system'
import { contentRegistered } from './consumers/content-registered.ts'
import { mintRequested } from './consumers/mint-requested.ts'
import { nftMinted } from './consumers/nft-minted.ts'
import { orderChanges } from './consumers/order-changes.ts'
import { ordersMatched } from './consumers/orders-matched.ts'
import { relayFailed } from './consumers/relay-failed.ts'
import { royaltyDistributions } from './consumers/royalty-distributions.ts'
import { tokenTransfers } from './consumers/token-transfers.ts'
import { trades } from './consumers/trades.ts'
import type { Declared, Ports } from './ports.ts'
import { getCandles } from './routes/get-candles.ts'
import { getFloor } from './routes/get-floor.ts'
import { getRoyaltyStatement } from './routes/get-royalty-statement.ts'
import { getVolume } from './routes/get-volume.ts'
import { listHolders } from './routes/list-holders.ts'
import { listRoyaltyBooks } from './routes/list-royalty-books.ts'
import { listTrades } from './routes/list-trades.ts'
import { adoptWarehouse } from './warehouse/adopt-warehouse.ts'
import { migrateWarehouse } from './warehouse/migrate-warehouse.ts'

const ports = async ({ stores, log, newId }: Host<Declared>): Promise<Ports> => {
  await migrateWarehouse(stores.warehouse, new URL('./warehouse/schema/', import.meta.url))
  const isRebuilt = await adoptWarehouse(stores.db, stores.warehouse, newId)
  if (isRebuilt) log.warn('the warehouse is not the one that was filled: every topic is read again')
  return { warehouse: stores.warehouse }
}

/** How everything that the declaration names is done. */
export const implementation: Implementation<Declared, Ports> = {
  errors,
  stores: { db: postgres, warehouse: chdb },
  eventSource: postgresEvents,
  migrations: new URL('./migrations/', import.meta.url),
  ports,
  routes: {
    getVolume,
    listTrades,
    getCandles,
    getFloor,
    listHolders,
    getRoyaltyStatement,
    listRoyaltyBooks,
  },
  consumers: {
    contentRegistered,
    mintRequested,
    nftMinted,
    tokenTransfers,
    trades,
    royaltyDistributions,
    relayFailed,
    ordersMatched,
    orderChanges,
  },
  jobs: {},
}
