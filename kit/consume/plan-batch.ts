import type { LoggedEvent } from './event-source.ts'

/** The aggregate a fact belongs to, as a key of maps. */
export const aggregateOf = (event: { readonly topic: string; readonly key: string }): string =>
  `${event.topic}\n${event.key}`

/** What is to be done with one fact. */
export type Step =
  | { readonly kind: 'apply'; readonly event: LoggedEvent }
  /** Its effect is here already. */
  | { readonly kind: 'skip'; readonly event: LoggedEvent }
  /** Its key is parked; it waits behind the fact that could not be applied. */
  | { readonly kind: 'wait'; readonly event: LoggedEvent }
  /** Facts `from` … `to` of its key come later in the log and must be fetched and applied first. */
  | { readonly kind: 'gap'; readonly event: LoggedEvent; readonly from: number; readonly to: number }

/** What a consumer knows of the keys in a batch. */
export type Known = {
  /** The last version whose effect is here; none = 0. */
  readonly applied: ReadonlyMap<string, number>
  readonly parked: ReadonlySet<string>
}

/**
 * Decides what each fact of a batch needs so that every key sees its facts once each and in order, whatever the log
 * repeats or brings late.
 */
export const planBatch = (events: readonly LoggedEvent[], known: Known): readonly Step[] => {
  const applied = new Map(known.applied)
  return events.map((event): Step => {
    const aggregate = aggregateOf(event)
    if (known.parked.has(aggregate)) return { kind: 'wait', event }
    const last = applied.get(aggregate) ?? 0
    if (event.aggregateVersion <= last) return { kind: 'skip', event }
    applied.set(aggregate, event.aggregateVersion)
    if (event.aggregateVersion === last + 1) return { kind: 'apply', event }
    return { kind: 'gap', event, from: last + 1, to: event.aggregateVersion - 1 }
  })
}
