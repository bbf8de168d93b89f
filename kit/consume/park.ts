import type { BatchDeps } from './apply-batch.ts'
import type { EventFailure } from './apply-events.ts'
import type { LoggedEvent } from './event-source.ts'
import { parkKey } from './parked.ts'
import { tryLockPublisher } from './progress.ts'

export type ParkDeps = BatchDeps & {
  readonly newId: () => string
  readonly onParked: (event: LoggedEvent) => void
}

/** Parks the key of the fact that failed; false when another process of this consumer is at work. */
export const park = async (deps: ParkDeps, { event, message, cause }: EventFailure): Promise<boolean> => {
  const parked = await deps.outbox.database.transaction(async (tx) => {
    if (!(await tryLockPublisher(tx, deps.publisher))) return false
    await parkKey(tx, { id: deps.newId(), publisher: deps.publisher, event, error: message, at: deps.clock() })
    return true
  })
  if (!parked) return false
  const { topic, key, id } = event
  deps.log.error('a fact cannot be applied; its key is parked', { topic, key, eventId: id, error: cause })
  deps.onParked(event)
  return true
}
