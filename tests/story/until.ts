/** Asks again, a little later each time, until `done` holds; at most a minute. */
export const until = async <T>(ask: () => Promise<T>, done: (value: T) => boolean, what: string): Promise<T> => {
  const deadline = Date.now() + 60_000
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 1.5, 2_000)) {
    const value = await ask()
    if (done(value)) return value
    if (Date.now() > deadline) {
      const shown = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? part.toString() : part))
      throw new Error(`waited a minute for ${what}; last seen: ${shown}`)
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
