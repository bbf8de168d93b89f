import { Fault } from '@knowton/core'

/** ClickHouse reads and prints instants this way; a driver's own form drops the milliseconds. */
const timeText = (date: Date): string => date.toISOString().replace('T', ' ').replace('Z', '')

const encodeParam = (value: unknown): unknown => {
  if (value instanceof Date) return timeText(value)
  return Array.isArray(value) ? value.map(encodeParam) : value
}

/** Parameter values as the engine binds them: bigint and Date without loss, arrays element by element. */
export const encodeParams = (params: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, encodeParam(value)]))

const encodeValue = (column: string, value: unknown): unknown => {
  if (value === undefined) throw new Fault('warehouse.row', `Column "${column}" is undefined; null says so on purpose.`)
  return typeof value === 'bigint' ? value.toString() : value
}

/** Rows as JSON lines: bigint as decimal strings, Date as RFC 3339; an undefined value is a fault, not a default. */
export const encodeRows = (rows: readonly Readonly<Record<string, unknown>>[]): Buffer =>
  Buffer.from(rows.map((row) => `${JSON.stringify(row, encodeValue)}\n`).join(''))
