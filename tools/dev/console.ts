/** Where a local run speaks to the person at the terminal. */
export type Console = {
  /** A step is done; tells how long it took since the one before. */
  readonly done: (sentence: string) => void
  readonly warn: (sentence: string) => void
  readonly plain: (text: string) => void
  /** Since the console was made, ms. */
  readonly elapsedMs: () => number
}

/** Writes lines, coloured only on a terminal. */
export const createConsole = (out: NodeJS.WriteStream, now: () => number): Console => {
  const startedAt = now()
  const paint = (code: number, text: string) => (out.isTTY ? `\u001b[${code}m${text}\u001b[0m` : text)
  const state = { last: startedAt }
  const write = (text: string) => void out.write(`${text}\n`)
  return {
    done: (sentence) => {
      const tookMs = now() - state.last
      state.last = now()
      write(`${paint(32, '✓')} ${sentence} ${paint(2, `(${(tookMs / 1000).toFixed(1)} s)`)}`)
    },
    warn: (sentence) => write(`${paint(33, '!')} ${sentence}`),
    plain: write,
    elapsedMs: () => now() - startedAt,
  }
}
