/** Longer waits are left to the caller. */
const LONGEST_WAIT_MS = 65_000

/** How long to wait before a refused call is tried again; undefined when the answer does not invite to. */
export const retryDelayMs = (response: Response, tries: number): number | undefined => {
  if (response.status !== 429 && response.status !== 503) return undefined
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const delayMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 500 * 2 ** tries
  return delayMs <= LONGEST_WAIT_MS ? delayMs : undefined
}
