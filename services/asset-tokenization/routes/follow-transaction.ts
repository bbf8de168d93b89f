import { ok } from '@knowton/core'
import type { Database, Handler } from '@knowton/kit'
import { createWakeup } from '../jobs/wakeup.ts'
import type { Declared, Ports } from '../ports.ts'
import { CHANGES_CHANNEL, findRequest, REQUESTS_CHANNEL, type RelayView } from '../relay/request-store.ts'

/** How often a watched request is looked at when nothing is heard of it. */
const POLL_MS = 5_000

/** Tells every state that a request reaches. One that is not known yet may be on its way here, so it is waited for. */
export const followTransaction: Handler<Declared, 'followTransaction', Ports> = async ({ params }, { ports, signal }) =>
  ok(watch(ports.db, params.requestId, signal))

async function* watch(db: Database, requestId: string, signal: AbortSignal): AsyncGenerator<RelayView> {
  const closing = new AbortController()
  const ended = AbortSignal.any([signal, closing.signal])
  const changes = createWakeup()
  try {
    for (const channel of [REQUESTS_CHANNEL, CHANGES_CHANNEL]) await db.listen(channel, changes.wake, ended)
    let told = ''
    while (!signal.aborted) {
      const request = await findRequest(db, requestId)
      if (request !== undefined && toWords(request) !== told) {
        told = toWords(request)
        yield request
        if (request.state === 'final' || request.state === 'failed') return
      }
      await changes.sleep(POLL_MS, signal).catch(() => undefined)
    }
  } finally {
    closing.abort(new Error('closed'))
  }
}

/** What a watcher wants to hear of again when it differs. */
const toWords = ({ state, transactionHashes, blockNumber, failure }: RelayView): string =>
  JSON.stringify([state, transactionHashes, blockNumber, failure])
