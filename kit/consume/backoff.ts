const FIRST_MS = 100
const LONGEST_MS = 10_000

/** How long to wait after the `failures`-th failure in a row: 0.1 s, doubled each time, at most 10 s. */
export const backoffMs = (failures: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10))
