import type { Environment } from '@knowton/derive'
import type { Registry } from '../../supervisor/launch.ts'
import type { Supervision } from '../../supervisor/supervise.ts'
import type { Console } from '../console.ts'
import type { DevEnvironment } from '../environment.ts'
import type { Home } from '../home.ts'
import type { Keys } from '../keys.ts'
import type { Ports } from './resources.ts'

/** What every step of a start needs. */
export type Run = {
  readonly dev: DevEnvironment
  readonly environment: Environment
  readonly home: Home
  readonly ports: Ports
  readonly keys: Keys
  readonly registry: Registry
  readonly console: Console
  readonly supervision: Omit<Supervision, 'name' | 'start'>
  readonly logFile: (name: string) => string
  /** Something to wait for after the run's signal has fired and before processes are stopped. */
  readonly beforeStop: (settled: () => Promise<void>) => void
  /** Fires when the run is to stop. */
  readonly signal: AbortSignal
}
