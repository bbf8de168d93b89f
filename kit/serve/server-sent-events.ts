import { once } from 'node:events'
import type { ServerResponse } from 'node:http'

/** A comment is sent so often, so that no proxy between takes the connection for dead. */
const HEARTBEAT_MS = 15_000
/** How long a browser waits before it connects again. */
const RECONNECT_MS = 2_000

/**
 * Sends each of `lines` (JSON) as an event with a running id until they end, the caller leaves or the signal fires.
 * Waits while the caller reads slowly, so nothing piles up here.
 */
export const sendEvents = async (
  response: ServerResponse,
  lines: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> => {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  response.write(`retry: ${RECONNECT_MS}\n\n`)
  const heartbeat = setInterval(() => response.write(': alive\n\n'), HEARTBEAT_MS)
  const iterator = lines[Symbol.asyncIterator]()
  const left = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  try {
    for (let id = 1; ; id += 1) {
      const next = await Promise.race([iterator.next(), left])
      if (next === undefined || next.done) break
      const flushed = response.write(`id: ${id}\ndata: ${next.value}\n\n`)
      if (!flushed) await Promise.race([once(response, 'drain'), left])
    }
  } finally {
    clearInterval(heartbeat)
    // Not awaited: a generator that is waiting for something ends when its own signal fires.
    void iterator.return?.()?.catch(() => undefined)
    response.end()
  }
}
