import { wait } from '@knowton/core'
import type { Launched } from './launch.ts'

/** Exit code of a process that will not run with what it was given (sysexits.h, EX_CONFIG): starting it again is no use. */
export const EX_CONFIG = 78
const FIRST_DELAY_MS = 200
const LONGEST_DELAY_MS = 10_000
/** A process that ran so long starts again without delay. */
const HEALTHY_MS = 30_000

/** A process that is started again when it ends. */
export type Supervised = {
  readonly name: string
  readonly pid: () => number
  readonly restarts: () => number
  /** Resolves with a sentence when it is given up. */
  readonly givenUp: Promise<string>
}

export type Supervision = {
  readonly name: string
  readonly start: () => Promise<Launched>
  readonly says: (sentence: string) => void
  readonly onRestart: () => void
  /** Fires when the run stops: from then on an end is no accident. */
  readonly signal: AbortSignal
}

/** Starts a process and, later each time, again when it ends; the first start's failure is the caller's. */
export const supervise = async (supervision: Supervision): Promise<Supervised> => {
  const state = { launched: await supervision.start(), restarts: 0 }
  return {
    name: supervision.name,
    pid: () => state.launched.child.pid,
    restarts: () => state.restarts,
    givenUp: watch(supervision, state),
  }
}

const watch = async (
  { name, start, says, onRestart, signal }: Supervision,
  state: { launched: Launched; restarts: number },
): Promise<string> => {
  let startedAt = performance.now()
  let delayMs = FIRST_DELAY_MS
  for (;;) {
    const exit = await state.launched.exited
    if (signal.aborted) return `${name} was stopped.`
    if (exit.code === EX_CONFIG) return `${name} refuses its configuration.`
    if (performance.now() - startedAt > HEALTHY_MS) delayMs = FIRST_DELAY_MS
    says(`${name} ${exit.says}; it is started again.`)
    for (let started = false; !started; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
      await wait(delayMs, signal).catch(() => {})
      if (signal.aborted) return `${name} was stopped.`
      startedAt = performance.now()
      started = await start().then(
        (launched) => {
          state.launched = launched
          return true
        },
        (error: unknown) => {
          says(`${name} could not be started again: ${error instanceof Error ? error.message : String(error)}`)
          return false
        },
      )
    }
    state.restarts += 1
    onRestart()
  }
}
