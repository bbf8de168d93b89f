import { Fault, type ServiceShape } from '@knowton/core'
import { processEnvironment } from './config/process-environment.ts'
import type { Implementation } from './implementation.ts'
import { type RunningService, startService } from './start/start-service.ts'

/** The environment is wrong (sysexits: EX_CONFIG). */
const EXIT_CONFIG = 78
/** Ended by a second signal. */
const EXIT_FORCED = 130

/** Runs a service until SIGTERM or SIGINT, then drains; a second signal ends the process at once. */
export const run = async <const S extends ServiceShape, Ports>(
  declared: S,
  implementation: Implementation<S, Ports>,
): Promise<void> => {
  const stopped = firstSignal()
  const service = await start(declared, implementation)
  await stopped
  await service.stop()
  process.exit(0)
}

const start = async <const S extends ServiceShape, Ports>(
  declared: S,
  implementation: Implementation<S, Ports>,
): Promise<RunningService> => {
  try {
    return await startService(declared, implementation, processEnvironment())
  } catch (error) {
    const isConfig = error instanceof Fault && error.code === 'config.invalid'
    process.stderr.write(`${isConfig ? error.message : (error instanceof Error && error.stack) || String(error)}\n`)
    return process.exit(isConfig ? EXIT_CONFIG : 1)
  }
}

const firstSignal = (): Promise<void> =>
  new Promise((resolve) => {
    let asked = false
    const onSignal = () => {
      if (asked) process.exit(EXIT_FORCED)
      asked = true
      resolve()
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
