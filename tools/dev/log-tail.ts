import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { wait } from '@knowton/core'

/** A line that a person should see: pino's levels, 40 = warn. */
const WARN_LEVEL = 40
const EVERY_MS = 400
const MOST_BYTES = 256 * 1024
/** More warnings at once than this are counted, not shown. */
const MOST_LINES = 3

const levels: Readonly<Record<string, number>> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 }

/** Shows what a service's log gains in warnings from now on, until the signal fires. */
export const showWarnings = async (
  name: string,
  file: string,
  show: (sentence: string) => void,
  signal: AbortSignal,
): Promise<void> => {
  let offset = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  for (; !signal.aborted; await wait(EVERY_MS, signal).catch(() => {})) {
    const { text, next } = readFrom(file, offset)
    offset = next
    const warnings = text.split('\n').flatMap(warningOf)
    for (const warning of warnings.slice(0, MOST_LINES)) show(`${name}: ${warning}`)
    if (warnings.length > MOST_LINES) show(`${name}: and ${warnings.length - MOST_LINES} more in ${file}`)
  }
}

/** Whole lines after `offset`; from the start when the file has been set aside for a new one. */
const readFrom = (file: string, offset: number): { readonly text: string; readonly next: number } => {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return { text: '', next: 0 }
  const descriptor = openSync(file, 'r')
  try {
    const from = fstatSync(descriptor).size < offset ? 0 : offset
    const buffer = Buffer.alloc(MOST_BYTES)
    const length = readSync(descriptor, buffer, 0, MOST_BYTES, from)
    const end = buffer.subarray(0, length).lastIndexOf(10) + 1
    return { text: buffer.toString('utf8', 0, end), next: from + (end === 0 && length === MOST_BYTES ? length : end) }
  } finally {
    closeSync(descriptor)
  }
}

/** The sentence of a log line that is a warning or worse; lines that are no log entries are shown as they are. */
export const warningOf = (line: string): readonly string[] => {
  if (line.trim() === '') return []
  try {
    const entry: { level?: unknown; message?: unknown; msg?: unknown; error?: { message?: unknown } } = JSON.parse(line)
    const level = typeof entry.level === 'string' ? (levels[entry.level] ?? 0) : Number(entry.level)
    if (!(level >= WARN_LEVEL)) return []
    const cause = typeof entry.error?.message === 'string' ? ` (${entry.error.message})` : ''
    return [`${String(entry.message ?? entry.msg ?? 'a warning without words')}${cause}`]
  } catch {
    return [line]
  }
}
