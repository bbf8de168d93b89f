import { freshDatabase } from '@knowton/adapters/postgres/testing'
import { openService, type TestService, type TestStore, temporaryFolder } from '@knowton/kit/testing'
import { analyticsService } from '@knowton/system'
import { implementation } from '../implementation.ts'
import type { Declared, Ports } from '../ports.ts'

export type Analytics = TestService<Declared, Ports>

/** The service on a PostgreSQL and a warehouse of its own. */
export const openAnalytics = async (): Promise<Analytics> => {
  const db = await freshDatabase()
  return openService(analyticsService, implementation, { stores: { db, warehouse: await freshWarehouse() } })
}

/** An empty warehouse; `folder` is where it lies. */
export const freshWarehouse = async (): Promise<TestStore & { readonly folder: string }> => {
  const { path, close } = await temporaryFolder()
  return { url: `chdb://${path}/warehouse`, folder: `${path}/warehouse`, close }
}
