import { Fault, wait } from '@knowton/core'
import type { ProcessPlan } from '@knowton/derive'
import { lastLines } from '../../postgres/start-postgres.ts'
import type { Supervised } from '../../supervisor/supervise.ts'

const POLL_MS = 50
const TIMEOUT_MS = 120_000
/** A process that ends so often before it was ever ready will not become it. */
const MOST_RESTARTS = 3

/** Resolves when the process answers that it can do its work; a fault shows why it cannot and the end of its log. */
export const untilReady = async (
  plan: ProcessPlan,
  supervised: Supervised,
  logFile: string,
  signal: AbortSignal,
): Promise<void> => {
  const state = { givenUp: undefined as string | undefined, answer: 'it does not answer' }
  void supervised.givenUp.then((says) => (state.givenUp = says))
  const deadline = performance.now() + TIMEOUT_MS
  for (;;) {
    signal.throwIfAborted()
    const answer = await ask(plan.readyUrl, signal)
    if (answer === undefined) return
    const why =
      state.givenUp ??
      (supervised.restarts() >= MOST_RESTARTS ? `${plan.name} keeps ending.` : undefined) ??
      (performance.now() > deadline ? `${plan.name} was not ready after ${TIMEOUT_MS / 1000} s: ${answer}.` : undefined)
    if (why !== undefined) {
      throw new Fault('dev.not-ready', `${why}\nThe end of ${logFile}:\n${lastLines(logFile)}`)
    }
    await wait(POLL_MS, signal)
  }
}

/** Undefined when ready, else what it says instead. */
const ask = async (url: string, signal: AbortSignal): Promise<string | undefined> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) })
    const body = await response.text()
    return response.ok ? undefined : `it answers ${response.status} ${body.slice(0, 400)}`
  } catch {
    return 'it does not answer'
  }
}
