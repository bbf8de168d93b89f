import { Fault, type ServiceShape } from '@knowton/core'
import { processEnvironment } from './config/process-environment.ts'
import type { Implementation } from './implementation.ts'
import { migrateService } from './start/migrate-service.ts'
import { type RunningService, startService } from './start/start-service.ts'

/** The command line is wrong (sysexits: EX_USAGE). */
const EXIT_USAGE = 64
/** The environment is wrong (sysexits: EX_CONFIG). */
const EXIT_CONFIG = 78
/** Ended by a second signal. */
const EXIT_FORCED = 130

/**
 * Runs a service until SIGTERM or SIGINT, then drains; a second signal ends the process at once. Called as
 * `main.ts migrate` it brings the database up to date and ends.
 */
export const run = async <const S extends ServiceShape, Ports>(
  declared: S,
  implementation: Implementation<S, Ports>,
): Promise<void> => {
  const [verb] = process.argv.slice(2)
  if (verb === undefined) return serveUntilStopped(declared, implementation)
  if (verb !== 'migrate') return usage(declared.name, verb)
  await orExit(migrateService(declared, implementation, processEnvironment()))
  process.exit(0)
}

const serveUntilStopped = async <const S extends ServiceShape, Ports>(
  declared: S,
  implementation: Implementation<S, Ports>,
): Promise<void> => {
  const stopped = firstSignal()
  const service: RunningService = await orExit(startService(declared, implementation, processEnvironment()))
  await stopped
  await service.stop()
  process.exit(0)
}

const usage = (service: string, verb: string): never => {
  process.stderr.write(`${service} knows no "${verb}"; it takes nothing, or "migrate".\n`)
  return process.exit(EXIT_USAGE)
}

/** What `work` answers; when it fails, the process says why and ends. */
const orExit = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
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
