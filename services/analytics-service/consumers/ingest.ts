import type { Event } from '@knowton/core'
import type { Ports } from '../ports.ts'

export type Row = Readonly<Record<string, unknown>>

/**
 * Writes each batch of a topic as one insert. The rows are the same however often an event comes, and `FINAL` counts
 * them once, so a batch that is delivered again after a crash changes nothing.
 */
export const ingest = <Payload>(table: string, rowOf: (payload: Payload, event: Event<Payload>) => Row) => ({
  batch: async (events: readonly Event<Payload>[], context: { readonly ports: Ports }): Promise<void> => {
    const rows = events.map((event) => ({
      event_id: event.id,
      aggregate_version: event.aggregateVersion,
      ...rowOf(event.payload, event),
    }))
    await context.ports.warehouse.insert(table, rows)
  },
})
