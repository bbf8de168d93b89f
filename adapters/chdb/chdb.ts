import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '@knowton/core'
import type { OpenStore, StoreOpener, Warehouse } from '@knowton/kit'
import { drainPending, Session } from 'chdb'
import { toWarehouseFault } from './warehouse-fault.ts'

/** Each insert is a part of its own, written before the answer, and a column that the table lacks is an error. */
const insertSettings = { async_insert: 0, date_time_input_format: 'best_effort', input_format_skip_unknown_fields: 0 }

/** Given at connect: integers of 64 bits and more come as strings; the rest in the file. */
const connectionArgs = [
  '--output_format_json_quote_64bit_integers=1',
  `--config-file=${join(import.meta.dirname, 'engine.xml')}`,
]

const folderOf = (url: string): string => {
  const parsed = new URL(url)
  if (parsed.protocol !== 'chdb:' || parsed.pathname.length < 2) {
    throw new Fault('warehouse.url', `The warehouse URL must read chdb:///absolute/folder, not ${url}.`)
  }
  return decodeURIComponent(parsed.pathname)
}

const openSession = (folder: string): Session => {
  try {
    return new Session(folder, { connectionArgs })
  } catch (cause) {
    throw new Fault('warehouse.open', `The warehouse in ${folder} cannot be opened; is another process using it?`, {
      retry: 'later',
      cause,
    })
  }
}

const faulting = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw toWarehouseFault(error)
  })

const warehouseOf = (session: Session): Warehouse => ({
  query: async <Row extends object>(text: string, params: Readonly<Record<string, unknown>> = {}) => {
    const result = await faulting(session.queryBindAsync(text, encodeParams(params), { format: 'JSONEachRow' }))
    return parseRows<Row>(result.text())
  },
  command: async (text) => {
    await faulting(session.queryAsync(text))
  },
  insert: async (table, rows) => {
    if (rows.length === 0) return
    await faulting(session.insert({ table, values: encodeRows(rows), format: 'JSONEachRow', settings: insertSettings }))
  },
})

const parseRows = <Row extends object>(lines: string): readonly Row[] =>
  lines.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]))

/**
 * Opens the ClickHouse engine inside this process on the folder that `chdb:///abs/folder` names; queries run on its own
 * threads. One process holds a folder, and a process holds one folder at a time.
 */
export const chdb: StoreOpener<'clickhouse'> = async ({ url }): Promise<OpenStore<Warehouse>> => {
  const folder = folderOf(url)
  await mkdir(folder, { recursive: true })
  const session = openSession(folder)
  const store = warehouseOf(session)
  return {
    store,
    check: async () => {
      await store.query('SELECT 1')
    },
    close: async () => {
      session.close()
      await drainPending()
    },
  }
}

/** ClickHouse reads and prints instants this way; a driver's own form drops the milliseconds. */
const timeText = (date: Date): string => date.toISOString().replace('T', ' ').replace('Z', '')

const encodeParam = (value: unknown): unknown => {
  if (value instanceof Date) return timeText(value)
  return Array.isArray(value) ? value.map(encodeParam) : value
}

/** Parameter values as the engine binds them: bigint and Date without loss, arrays element by element. */
const encodeParams = (params: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, encodeParam(value)]))

const encodeValue = (column: string, value: unknown): unknown => {
  if (value === undefined) throw new Fault('warehouse.row', `Column "${column}" is undefined; null says so on purpose.`)
  return typeof value === 'bigint' ? value.toString() : value
}

/** Rows as JSON lines: bigint as decimal strings, Date as RFC 3339; an undefined value is a fault, not a default. */
const encodeRows = (rows: readonly Readonly<Record<string, unknown>>[]): Buffer =>
  Buffer.from(rows.map((row) => `${JSON.stringify(row, encodeValue)}\n`).join(''))
