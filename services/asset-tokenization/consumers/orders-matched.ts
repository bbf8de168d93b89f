import type { BatchConsumer } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'
import { enqueue } from '../relay/request-store.ts'

/** Puts matched orders into the queue of what is to be settled. */
export const ordersMatched: BatchConsumer<Declared, 'ordersMatched', Ports> = {
  batch: (events, { tx, now }) =>
    enqueue(
      tx,
      events.map(({ payload }) => ({ work: 'settlement', payload })),
      now,
    ),
}
