import { wait } from '@knowton/core'
import { applyBatch, type Batch } from './apply-batch.ts'
import { EventFailure } from './apply-events.ts'
import { backoffMs } from './backoff.ts'
import type { Cursor, LoggedEvent } from './event-source.ts'
import { type ParkDeps, park } from './park.ts'
import { listUnparkRequests } from './parked.ts'
import { loadPositions } from './progress.ts'
import { isPassing, tryApplying } from './tries.ts'
import { unparkKey } from './unpark.ts'

/** Facts applied in one transaction at most. */
const BATCH_SIZE = 500
/** How often a publisher's log is looked at when no notification comes. */
const POLL_MS = 1_000
/** A process that finds another one at work looks again after this time. */
const STANDBY_MS = 250
/** How a consumer is doing. */
export type WorkerState = { readonly state: 'running' | 'standby' | 'retrying'; readonly lastError: string | undefined }

export type WorkerDeps = ParkDeps & {
  /** Fires when no further batch is to be begun. */
  readonly draining: AbortSignal
}

export type Worker = { readonly state: () => WorkerState; readonly run: () => Promise<void>; readonly wake: () => void }

/** Reads one publisher's log and applies each fact once, until told to drain. */
export const createWorker = (deps: WorkerDeps): Worker => {
  let current: WorkerState = { state: 'running', lastError: undefined }
  let sleeping = new AbortController()
  const sleep = async (ms: number) => {
    sleeping = new AbortController()
    await deps.source.changed(ms, AbortSignal.any([deps.draining, sleeping.signal])).catch(() => undefined)
  }
  const fail = async (failures: number, error: unknown) => {
    current = { state: 'retrying', lastError: error instanceof Error ? error.message : String(error) }
    deps.log.warn('consuming failed and is tried again', { publisher: deps.publisher, failures, error })
    await wait(backoffMs(failures), deps.draining).catch(() => undefined)
  }
  const run = async () => {
    let failures = 0
    while (!deps.draining.aborted) {
      try {
        const progress = await advance(deps)
        failures = 0
        current = { state: progress === 'busy' ? 'standby' : 'running', lastError: undefined }
        if (progress === 'idle') await sleep(POLL_MS)
        if (progress === 'busy') await sleep(STANDBY_MS)
      } catch (error) {
        if (deps.draining.aborted) return
        failures += 1
        await fail(failures, error)
      }
    }
  }
  return { state: () => current, run, wake: () => sleeping.abort(new Error('woken')) }
}

/** Does what is to do next: unpark what was asked for, then one batch. */
const advance = async (deps: WorkerDeps): Promise<'idle' | 'busy' | 'more'> => {
  for (const parked of await listUnparkRequests(deps.outbox.database, deps.publisher)) await unparkKey(deps, parked)
  const batch = await readBatch(deps)
  if (batch === undefined) return 'idle'
  try {
    const outcome = await applyBatch(deps, batch, 'together')
    return outcome === 'busy' ? 'busy' : 'more'
  } catch (error) {
    if (isPassing(error)) throw error
    return applyOneByOne(deps, batch)
  }
}

const readBatch = async (deps: WorkerDeps): Promise<Batch | undefined> => {
  const topics = [...deps.subscriptions.keys()]
  const positions = await loadPositions(deps.outbox.database, deps.publisher)
  const cursors = topics.map((topic) => positions.get(topic))
  const start = cursors.reduce((low, cursor) => (low && cursor && isAfter(low, cursor) ? cursor : low && cursor && low))
  const read = await deps.source.read(topics, start, BATCH_SIZE)
  const end = read.at(-1)?.cursor
  if (end === undefined) return undefined
  const events = read.filter((event) => {
    const seen = positions.get(event.topic)
    return seen === undefined || isAfter(event.cursor, seen)
  })
  return { events, end, positions }
}

/** Whether `a` lies after `b` in the log. */
const isAfter = (a: Cursor, b: Cursor): boolean =>
  a.transactionId === b.transactionId
    ? BigInt(a.sequence) > BigInt(b.sequence)
    : BigInt(a.transactionId) > BigInt(b.transactionId)

/** Some fact of the batch fails: each gets a transaction of its own, and the key of one that keeps failing is parked. */
const applyOneByOne = async (deps: WorkerDeps, batch: Batch): Promise<'busy' | 'more'> => {
  for (const event of batch.events) {
    if (deps.draining.aborted) return 'more'
    const positions = await loadPositions(deps.outbox.database, deps.publisher)
    const outcome = await applyOrPark(deps, event, positions)
    if (outcome === 'busy') return 'busy'
  }
  return 'more'
}

const applyOrPark = async (deps: WorkerDeps, event: LoggedEvent, positions: ReadonlyMap<string, Cursor>) => {
  const alone: Batch = { events: [event], end: event.cursor, positions }
  for (;;) {
    const outcome = await tryApplying(
      () => applyBatch(deps, alone, 'alone'),
      () => event,
      deps.draining,
    )
    if (!(outcome instanceof EventFailure)) return outcome
    // With its key parked, the next round lets the fact wait there and moves on.
    if (!(await park(deps, outcome))) return 'busy' as const
  }
}
