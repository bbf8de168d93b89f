import type { BatchConsumer } from '@knowton/kit'
import type { assetTokenization } from '@knowton/system'
import type { Ports } from '../ports.ts'
import { enqueue } from '../relay/request-store.ts'

/** Puts sponsored mints into the queue of what is to be sent. */
export const mintRequested: BatchConsumer<typeof assetTokenization, 'mintRequested', Ports> = {
  batch: (events, { tx, now }) =>
    enqueue(
      tx,
      events.map(({ payload }) => ({ work: 'mint', payload })),
      now,
    ),
}
