import { appendNow, type EventLog, prepareDatabase } from '@knowton/kit/testing'
import { openDatabase, type PostgresDatabase } from '../postgres-database.ts'
import { postgresEvents } from '../postgres-events.ts'
import { freshDatabase } from './fresh-database.ts'
import { silentLog } from './silent-log.ts'

/** An event log in a database of its own. */
export const openLog = async (): Promise<EventLog & { readonly database: PostgresDatabase; readonly url: string }> => {
  const { url, close } = await freshDatabase()
  const database = openDatabase({ url, applicationName: 'test', log: silentLog })
  await prepareDatabase(database)
  const source = await postgresEvents({ url, publisher: 'test', log: silentLog })
  return {
    url,
    database,
    source,
    append: async (facts) => {
      await database.transaction((tx) => appendNow(tx, facts))
      await database.query("SELECT pg_notify('events', '')", [])
    },
    close: async () => {
      await Promise.all([source.close(), database.close()])
      await close()
    },
  }
}
