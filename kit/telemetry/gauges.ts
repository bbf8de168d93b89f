import type { ServiceShape } from '@knowton/core'
import type { Log } from './log.ts'

/** One value of a gauge, with the labels that it declares. */
export type Reading = { readonly value: number; readonly labels?: Readonly<Record<string, string>> }

/** Measures a gauge; no readings when there is nothing to say, as before the first block. */
export type Measure<Ports> = (context: {
  readonly ports: Ports
  readonly now: Date
  /** Fires when the reader of the metrics will not wait any longer. */
  readonly signal: AbortSignal
}) => Promise<readonly Reading[]>

/** How each declared gauge of a service is measured. */
export type MeasuresOf<S extends ServiceShape, Ports> = S extends { readonly gauges: infer G }
  ? { readonly gauges: { readonly [K in keyof G]: Measure<Ports> } }
  : { readonly gauges?: Readonly<Record<string, never>> }

/** What came of measuring: `undefined` when it failed. */
export type Measured = Readonly<Record<string, readonly Reading[] | undefined>>

/** Shorter than the 10 s that Prometheus waits for all metrics of a process. */
const MEASURE_MS = 5_000

/** Measures all gauges at once; one that fails or takes too long is logged and has no readings. */
export const measureAll = async <Ports>(
  gauges: Readonly<Record<string, Measure<Ports>>>,
  { ports, clock, log }: { readonly ports: Ports; readonly clock: () => Date; readonly log: Log },
): Promise<Measured> => {
  const signal = AbortSignal.timeout(MEASURE_MS)
  const measured = Object.entries(gauges).map(async ([name, measure]) => {
    const readings = await Promise.race([measure({ ports, now: clock(), signal }), rejection(signal)]).catch(
      (error: unknown) => {
        log.warn('a gauge was not measured', { gauge: name, error })
        return undefined
      },
    )
    return [name, readings] as const
  })
  return Object.fromEntries(await Promise.all(measured))
}

const rejection = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
