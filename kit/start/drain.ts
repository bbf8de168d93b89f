import { DRAIN_SECONDS, wait } from '@knowton/core'
import type { HttpServer } from '../serve/server.ts'
import type { Foundation } from './foundation.ts'
import type { RunningJobs } from './jobs.ts'
import { closeStores } from './open-stores.ts'
import type { RunningConsumers } from './start-consumers.ts'

/** After giving up, this long for the rollback. */
const GIVE_UP_MS = 1_000
/** What is under way has this long; then it is given up, which rolls it back. */
const FINISH_MS = DRAIN_SECONDS * 1_000 - GIVE_UP_MS

/** Stops a service: nothing new, finish, close. */
export const drain = async (
  base: Foundation,
  running: {
    readonly server: HttpServer
    readonly consumers: RunningConsumers | undefined
    readonly jobs: RunningJobs
  },
): Promise<void> => {
  base.log.info('draining')
  base.draining.abort(new Error('the process drains'))
  const finished = Promise.allSettled([running.server.close(), running.consumers?.done, running.jobs.done])
  const inTime = await within(FINISH_MS, finished)
  base.ending.abort(new Error('the process ends'))
  if (!inTime) {
    base.log.warn('not everything finished in time; the rest is rolled back')
    running.server.server.closeAllConnections()
    await within(GIVE_UP_MS, finished)
  }
  await running.consumers?.close()
  await Promise.all([closeStores(base.stores.byName), base.tracing.close()])
  base.log.info('stopped')
}

const within = async (ms: number, work: Promise<unknown>): Promise<boolean> => {
  const timer = new AbortController()
  const late = wait(ms, timer.signal).then(
    () => false,
    () => false,
  )
  const inTime = await Promise.race([work.then(() => true), late])
  timer.abort(new Error('done'))
  return inTime
}
