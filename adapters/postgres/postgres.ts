import type { StoreOpener } from '@knowton/kit'
import { openDatabase } from './postgres-database.ts'

/** Opens the PostgreSQL database of a service. */
export const postgres: StoreOpener<'postgres'> = async ({ url, serviceName, log }) => {
  const { check, close, ...store } = openDatabase({ url, applicationName: serviceName, log })
  return { store, check, close }
}
