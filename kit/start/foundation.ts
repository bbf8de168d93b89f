import type { Clock, ServiceShape } from '@knowton/core'
import type { Settings } from '../config/settings.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Tracing } from '../telemetry/tracing.ts'
import type { UntypedImplementation } from './erase.ts'
import type { OpenStores } from './open-stores.ts'

/** What the parts of a starting service share. */
export type Foundation = {
  readonly declared: ServiceShape
  readonly implementation: UntypedImplementation
  readonly settings: Settings
  readonly log: Log
  readonly clock: Clock
  readonly newId: () => string
  readonly metrics: Metrics
  readonly tracing: Tracing
  readonly stores: OpenStores
  readonly outbox: Outbox | undefined
  /** Fires when nothing new is to be begun. */
  readonly draining: AbortController
  /** Fires when what is under way must be given up. */
  readonly ending: AbortController
}
