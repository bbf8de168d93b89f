import { Fault } from '@knowton/core'
import type { Sql } from '../stores.ts'
import { type ApplyDeps, applyEvents, EventFailure, type Grouping } from './apply-events.ts'
import type { Cursor, EventSource, LoggedEvent } from './event-source.ts'
import { type Known, planBatch, type Step } from './plan-batch.ts'
import { loadKnown, loadPositions, saveApplied, savePositions, saveWaiting, tryLockPublisher } from './progress.ts'

/** A stretch of a publisher's log, and where each topic stood when it was read. */
export type Batch = {
  readonly events: readonly LoggedEvent[]
  readonly end: Cursor
  readonly positions: ReadonlyMap<string, Cursor>
}

export type BatchDeps = ApplyDeps & {
  readonly publisher: string
  readonly source: EventSource
  readonly onApplied: (events: readonly LoggedEvent[]) => void
}

/** `busy`: another process of this consumer is at work. `moved`: one has been, so the batch must be read again. */
export type BatchOutcome = 'done' | 'busy' | 'moved'

/** Applies a batch, notes what took effect and moves the positions, all in one transaction. */
export const applyBatch = async (deps: BatchDeps, batch: Batch, grouping: Grouping): Promise<BatchOutcome> => {
  let applied: readonly LoggedEvent[] = []
  const outcome = await deps.outbox.database.transaction(async (tx): Promise<BatchOutcome> => {
    if (!(await tryLockPublisher(tx, deps.publisher))) return 'busy'
    if (!samePositions(batch.positions, await loadPositions(tx, deps.publisher))) return 'moved'
    const known = await loadKnown(tx, batch.events)
    const steps = await fillGaps(deps, planBatch(batch.events, known), known)
    applied = pick(steps, 'apply')
    await applyEvents(deps, tx, applied, grouping)
    await saveProgress(deps, tx, steps, batch.end)
    return 'done'
  })
  if (outcome === 'done') deps.onApplied(applied)
  return outcome
}

/** Fetches the facts that the log has further on but that must come first, and plans again with them in place. */
const fillGaps = async (deps: BatchDeps, steps: readonly Step[], known: Known): Promise<readonly Step[]> => {
  if (!steps.some((step) => step.kind === 'gap')) return steps
  const filled: LoggedEvent[] = []
  for (const step of steps) {
    if (step.kind === 'gap') filled.push(...(await fetchMissing(deps.source, step)))
    filled.push(step.event)
  }
  return planBatch(filled, known)
}

const fetchMissing = async (source: EventSource, { event, from, to }: Step & { readonly kind: 'gap' }) => {
  const missing = await source.readKey(event.topic, event.key, from, to)
  if (missing.length === to - from + 1) return missing
  const says = `Versions ${from} to ${to} of the key are not in the log, but version ${event.aggregateVersion} is.`
  throw new EventFailure(event, new Fault('events.gap', says), true)
}

const saveProgress = async (deps: BatchDeps, tx: Sql, steps: readonly Step[], end: Cursor) => {
  const applied = pick(steps, 'apply')
  const waiting = pick(steps, 'wait')
  if (applied.length > 0) await saveApplied(tx, applied)
  if (waiting.length > 0) await saveWaiting(tx, waiting)
  await savePositions(tx, deps.publisher, [...deps.subscriptions.keys()], end)
}

const pick = (steps: readonly Step[], kind: Step['kind']) =>
  steps.filter((step) => step.kind === kind).map((step) => step.event)

const samePositions = (a: ReadonlyMap<string, Cursor>, b: ReadonlyMap<string, Cursor>): boolean =>
  a.size === b.size &&
  [...a].every(([topic, at]) => {
    const other = b.get(topic)
    return other?.transactionId === at.transactionId && other.sequence === at.sequence
  })
