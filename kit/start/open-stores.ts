import type { ServiceShape, StoreKind } from '@knowton/core'
import type { Database, OpenStore, StoreOpener } from '../stores.ts'
import type { Log } from '../telemetry/log.ts'

/** The open stores of a service, its types erased. */
export type OpenStores = {
  readonly byName: Readonly<Record<string, OpenStore<unknown>>>
  /** The store that holds the service's own state, its event log and its inbox: its first PostgreSQL. */
  readonly home: { readonly name: string; readonly database: Database } | undefined
}

/** Opens every declared store; when one fails, those already open are closed again. */
export const openStores = async (
  declared: ServiceShape,
  openers: Readonly<Record<string, StoreOpener<StoreKind>>>,
  urls: Readonly<Record<string, string>>,
  log: Log,
): Promise<OpenStores> => {
  const byName: Record<string, OpenStore<unknown>> = {}
  try {
    for (const name of Object.keys(declared.stores)) {
      const open = openers[name]
      const url = urls[name]
      if (open === undefined || url === undefined) throw new Error(`the store "${name}" has no opener`)
      byName[name] = await open({ url, serviceName: declared.name, log })
    }
  } catch (error) {
    await closeStores(byName)
    throw error
  }
  const name = homeStore(declared)
  return { byName, home: name === undefined ? undefined : { name, database: byName[name]?.store as Database } }
}

/** The name of the store that holds a service's own state: its first PostgreSQL. */
export const homeStore = (declared: ServiceShape): string | undefined =>
  Object.entries(declared.stores).find(([, store]) => store.kind === 'postgres')?.[0]

/** Closes all stores, whatever goes wrong with one of them. */
export const closeStores = async (byName: Readonly<Record<string, OpenStore<unknown>>>): Promise<void> => {
  await Promise.allSettled(Object.values(byName).map((store) => store.close()))
}
