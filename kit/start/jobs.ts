import { wait } from '@knowton/core'
import { backoffMs } from '../consume/backoff.ts'
import type { Log } from '../telemetry/log.ts'

/** How a job is doing. */
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
  let current: JobState = { name, state: 'running', lastError: undefined }
  const run = async () => {
    for (let failures = 1; !signal.aborted; failures += 1) {
      const startedAt = performance.now()
      try {
        await work()
        if (!signal.aborted) throw new Error('the job ended by itself')
      } catch (error) {
        if (signal.aborted) return
        if (performance.now() - startedAt > RECOVERED_MS) failures = 1
        current = { name, state: 'failing', lastError: error instanceof Error ? error.message : String(error) }
        log.error('a job failed and is started again', { job: name, failures, error })
        await wait(backoffMs(failures), signal).catch(() => undefined)
      }
    }
  }
  return { state: (): JobState => current, done: run() }
}
