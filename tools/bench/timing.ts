/** The middle one of some measurements. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** How many milliseconds `run` takes. */
export const timed = (run: () => void): number => {
  const startedAt = performance.now()
  run()
  return performance.now() - startedAt
}
