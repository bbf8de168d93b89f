import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LoggedEvent } from './event-source.ts'
import { aggregateOf, planBatch, type Step } from './plan-batch.ts'

const event = (key: string, aggregateVersion: number): LoggedEvent => ({
  cursor: { transactionId: '1', sequence: '1' },
  id: `${key}${aggregateVersion}`,
  topic: 'a',
  version: 1,
  key,
  aggregateVersion,
  occurredAt: new Date(0),
  causationId: undefined,
  traceparent: undefined,
  payload: {},
})
const nothingKnown = { applied: new Map<string, number>(), parked: new Set<string>() }
const summary = (steps: readonly Step[]) => steps.map((step) => `${step.kind} ${step.event.id}`)

test('applies what comes next, skips what was applied, lets the facts of parked keys wait', () => {
  const known = { applied: new Map([['a\nx', 2]]), parked: new Set(['a\np']) }
  const events = [event('x', 2), event('x', 3), event('y', 1), event('p', 5), event('x', 3)]
  expect(summary(planBatch(events, known))).toEqual(['skip x2', 'apply x3', 'apply y1', 'wait p5', 'skip x3'])
})

test('names the facts that are missing before one that came early', () => {
  expect(planBatch([event('x', 4)], nothingKnown)).toEqual([{ kind: 'gap', event: event('x', 4), from: 1, to: 3 }])
})

/** A log in which every fact of every key appears at least once, repeated and in any order. */
const logs = fc
  .dictionary(fc.constantFrom('x', 'y', 'z'), fc.integer({ min: 1, max: 6 }))
  .map((lasts) =>
    Object.entries(lasts).flatMap(([key, last]) => Array.from({ length: last }, (_, at) => event(key, at + 1))),
  )
  .chain((all) =>
    fc.tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.array(fc.constantFrom(...all, event('x', 1)))),
  )
  .map(([all, repeated]) => [...all, ...repeated])

/** What a consumer does with its plan: fetch gaps from the log, apply, remember. */
const consume = (log: readonly LoggedEvent[], sizes: readonly number[]): readonly LoggedEvent[] => {
  const applied = new Map<string, number>()
  const done: LoggedEvent[] = []
  let rest = log
  for (let at = 0; rest.length > 0; at += 1) {
    const size = sizes[at % sizes.length] ?? 1
    const filled = planBatch(rest.slice(0, size), { applied, parked: new Set() }).flatMap((step) =>
      step.kind === 'gap'
        ? [
            ...Array.from({ length: step.to - step.from + 1 }, (_, n) => event(step.event.key, step.from + n)),
            step.event,
          ]
        : [step.event],
    )
    for (const step of planBatch(filled, { applied, parked: new Set() })) {
      expect(step.kind).not.toBe('gap')
      if (step.kind !== 'apply') continue
      done.push(step.event)
      applied.set(aggregateOf(step.event), step.event.aggregateVersion)
    }
    rest = rest.slice(size)
  }
  return done
}

test('C1: however the log repeats and reorders facts and however it is cut into batches, each key sees each once, in order', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 })
  fc.assert(
    fc.property(logs, sizes, (log, cuts) => {
      const done = consume(log, cuts)
      for (const key of new Set(log.map((each) => each.key))) {
        const versions = done.filter((each) => each.key === key).map((each) => each.aggregateVersion)
        expect(versions).toEqual(versions.map((_, at) => at + 1))
        expect(new Set(versions)).toEqual(
          new Set(log.filter((each) => each.key === key).map((each) => each.aggregateVersion)),
        )
      }
    }),
  )
})
