import { wait } from '@knowton/core'
import { backoffMs } from '../consume/backoff.ts'
import type { Log } from '../telemetry/log.ts'

/** How a job is doing; `lastError` is kept after it has recovered. */
export type JobState = {
  readonly name: string
  readonly state: 'running' | 'failing'
  readonly lastError: string | undefined
}

export type RunningJobs = { readonly states: () => readonly JobState[]; readonly done: Promise<void> }

/** A job that has run for so long has recovered: the next failure counts as the first again. */
const RECOVERED_MS = 60_000

/** Keeps each job running until the signal fires; one that throws is started again, later each time. */
export const startJobs = (
  jobs: Readonly<Record<string, () => Promise<void>>>,
  log: Log,
  signal: AbortSignal,
): RunningJobs => {
  const running = Object.entries(jobs).map(([name, work]) => keepRunning(name, work, log, signal))
  return {
    states: () => running.map((job) => job.state()),
    done: Promise.all(running.map((job) => job.done)).then(() => undefined),
  }
}

const keepRunning = (name: string, work: () => Promise<void>, log: Log, signal: AbortSignal) => {
  let lastError: string | undefined
  let startedAt = 0
  let waiting = false
  const recovered = () => !waiting && performance.now() - startedAt > RECOVERED_MS
  const run = async () => {
    for (let failures = 1; !signal.aborted; failures += 1) {
      startedAt = performance.now()
      waiting = false
      try {
        await work()
        if (!signal.aborted) throw new Error('the job ended by itself')
      } catch (error) {
        if (signal.aborted) return
        if (recovered()) failures = 1
        waiting = true
        lastError = error instanceof Error ? error.message : String(error)
        log.error('a job failed and is started again', { job: name, failures, error })
        await wait(backoffMs(failures), signal).catch(() => undefined)
      }
    }
  }
  const state = (): JobState => ({
    name,
    state: lastError === undefined || recovered() ? 'running' : 'failing',
    lastError,
  })
  return { state, done: run() }
}
