import { wait } from '@knowton/core'
import type { Log } from '@knowton/kit'
import pg from 'pg'

type Listener = (payload: string) => void

/** One connection that listens for everyone in the process. */
export type Notifications = {
  /**
   * Resolves once the server is listening; from then on `onNotify` is called for each notification until the signal
   * fires. After a lost connection it listens again and calls everyone once with an empty payload.
   */
  readonly listen: (channel: string, onNotify: Listener, signal: AbortSignal) => Promise<void>
  readonly close: () => Promise<void>
}

const RECONNECT_MS = 1_000

/** Prepares to listen on the database at `url`; connects with the first listener. */
export const createNotifications = (url: string, applicationName: string, log: Log): Notifications => {
  const listeners = new Map<string, Set<Listener>>()
  const closing = new AbortController()
  let connection: Promise<pg.Client> | undefined

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: `${applicationName} listen`,
      keepAlive: true,
    })
    client.on('notification', ({ channel, payload }) => call(listeners.get(channel), payload ?? ''))
    client.on('error', (error) => log.warn('the listening connection was lost', { error }))
    await client.connect()
    for (const channel of listeners.keys()) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
    client.once('end', () => void reconnect())
    return client
  }
  const reconnect = async (): Promise<void> => {
    connection = undefined
    while (!closing.signal.aborted && listeners.size > 0) {
      try {
        await wait(RECONNECT_MS, closing.signal)
        connection = connect()
        await connection
        for (const set of listeners.values()) call(set, '')
        return
      } catch {
        connection = undefined
      }
    }
  }
  const connected = (): Promise<pg.Client> => {
    connection ??= connect().catch((error) => {
      connection = undefined
      throw error
    })
    return connection
  }

  return {
    listen: async (channel, onNotify, signal) => {
      const known = listeners.get(channel)
      const set = known ?? new Set<Listener>()
      listeners.set(channel, set)
      set.add(onNotify)
      signal.addEventListener('abort', () => set.delete(onNotify), { once: true })
      const client = await connected()
      if (known === undefined) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
    },
    close: async () => {
      closing.abort(new Error('closed'))
      listeners.clear()
      const client = await connection?.catch(() => undefined)
      await client?.end()
    },
  }
}

const call = (set: ReadonlySet<Listener> | undefined, payload: string) => {
  for (const listener of set ?? []) listener(payload)
}
