import type { BatchConsumer } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { enqueue } from '../relay/request-store.ts'

/** Puts sponsored mints into the queue of what is to be sent. */
export const mintRequested: BatchConsumer<Declared, 'mintRequested', Ports> = {
  batch: (events, { tx, now }) =>
    enqueue(
      tx,
      events.map(({ payload }) => ({ work: 'mint', payload })),
      now,
    ),
}
