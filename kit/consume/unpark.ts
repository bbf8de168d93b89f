import { applyEvents, EventFailure } from './apply-events.ts'
import type { LoggedEvent } from './event-source.ts'
import { type ParkDeps, park } from './park.ts'
import { keepParked, lastVersionOf, type ParkedKey, removeParked } from './parked.ts'
import { appliedVersionOf, saveApplied, tryLockPublisher } from './progress.ts'
import { tryApplying } from './tries.ts'

type UnparkDeps = ParkDeps & { readonly draining: AbortSignal }

/**
 * Applies the facts of a parked key in order, each in a transaction of its own, until it has caught up and is free
 * again, or until one fails for good and the key is parked at that one.
 */
export const unparkKey = async (deps: UnparkDeps, parked: ParkedKey): Promise<void> => {
  for (let state = 'more'; state === 'more' && !deps.draining.aborted; ) {
    let current: LoggedEvent | undefined
    const apply = () =>
      applyNext(deps, parked, (event) => {
        current = event
      })
    const outcome = await tryApplying(apply, () => current, deps.draining)
    if (outcome instanceof EventFailure) await park(deps, outcome)
    state = outcome instanceof EventFailure ? 'parked' : outcome
  }
}

/** Applies the fact that comes next for the key; without one the key is free. */
const applyNext = async (
  deps: UnparkDeps,
  { id, topic, key }: ParkedKey,
  onNext: (event: LoggedEvent) => void,
): Promise<'more' | 'free' | 'busy'> => {
  const applied: LoggedEvent[] = []
  const outcome = await deps.outbox.database.transaction(async (tx) => {
    if (!(await tryLockPublisher(tx, deps.publisher))) return 'busy'
    const last = await lastVersionOf(tx, id)
    if (last === undefined) return 'free'
    const next = (await appliedVersionOf(tx, topic, key)) + 1
    if (next > last) {
      await removeParked(tx, id)
      return 'free'
    }
    const [event] = await deps.source.readKey(topic, key, next, next)
    if (event === undefined) {
      await keepParked(tx, id, `Version ${next} of the key is not in the publisher's log.`)
      return 'free'
    }
    onNext(event)
    await applyEvents(deps, tx, [event], 'alone')
    await saveApplied(tx, [event])
    applied.push(event)
    return 'more'
  })
  deps.onApplied(applied)
  return outcome
}
