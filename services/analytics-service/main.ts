import { chdb } from '@knowton/adapters/chdb'
import { postgres, postgresEvents } from '@knowton/adapters/postgres'
import { type Host, run } from '@knowton/kit'
import { analyticsService, errors } from '@knowton/system'
import { consumers } from './consumers/index.ts'
import type { Ports } from './ports.ts'
import { getCandles } from './routes/get-candles.ts'
import { getFloor } from './routes/get-floor.ts'
import { getRoyaltyStatement } from './routes/get-royalty-statement.ts'
import { getVolume } from './routes/get-volume.ts'
import { listHolders } from './routes/list-holders.ts'
import { listRoyaltyBooks } from './routes/list-royalty-books.ts'
import { listTrades } from './routes/list-trades.ts'
import { adoptWarehouse } from './warehouse/adopt-warehouse.ts'
import { migrateWarehouse } from './warehouse/migrate-warehouse.ts'

const ports = async ({ stores, log, newId }: Host<typeof analyticsService>): Promise<Ports> => {
  await migrateWarehouse(stores.warehouse, new URL('./warehouse/schema/', import.meta.url))
  const isRebuilt = await adoptWarehouse(stores.db, stores.warehouse, newId)
  if (isRebuilt) log.warn('the warehouse is not the one that was filled: every topic is read again')
  return { warehouse: stores.warehouse }
}

await run(analyticsService, {
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
  consumers,
  jobs: {},
})
