import type { PayloadOf } from '@knowton/core'
import type { ConsumerContext, EventOf } from '@knowton/kit'
import type { Declared, Ports } from '../ports.ts'

type Consumes = Declared['consumes']

/** The payload of a topic that this service consumes. */
export type TopicPayload<T extends keyof Consumes> = PayloadOf<Consumes[T]>

export type Row = Readonly<Record<string, unknown>>

/**
 * Writes each batch of topic `T` as one insert. The rows are the same however often an event comes, and `FINAL` counts
 * them once, so a batch that is delivered again after a crash changes nothing.
 */
export const ingest = <T extends keyof Consumes>(
  table: string,
  rowOf: (payload: TopicPayload<T>, event: EventOf<Declared, T>) => Row,
) => ({
  batch: async (
    events: readonly EventOf<Declared, T>[],
    { ports }: Pick<ConsumerContext<Declared, Ports>, 'ports'>,
  ): Promise<void> => {
    const rows = events.map((event) => ({
      event_id: event.id,
      aggregate_version: event.aggregateVersion,
      ...rowOf(event.payload, event),
    }))
    await ports.warehouse.insert(table, rows)
  },
})
