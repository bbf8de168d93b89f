import { wait } from '@knowton/core'
import * as z from 'zod'

const status = z.object({
  consumers: z.array(z.object({ lag: z.number().nullable() })),
  parked: z.array(z.object({ topic: z.string(), key: z.string(), error: z.string() })),
})

const LOOK_MS = 10

/**
 * Resolves once every fact of every log that the service at `url` reads has taken effect; the time limit of the test
 * ends it otherwise. Throws an Error when a key is parked, or when the service is gone.
 */
export const caughtUp = async (url: string): Promise<void> => {
  const { signal } = new AbortController()
  for (;;) {
    const response = await fetch(`${url}/internal/status`)
    const { consumers, parked } = status.parse(await response.json())
    const [stuck] = parked
    if (stuck !== undefined) throw new Error(`${stuck.topic} ${stuck.key} is parked: ${stuck.error}`)
    if (consumers.every(({ lag }) => lag === 0)) return
    await wait(LOOK_MS, signal)
  }
}
