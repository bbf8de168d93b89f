import type { Warehouse } from '@knowton/kit'
import type { analyticsService } from '@knowton/system'

/** The declaration this service implements. */
export type Declared = typeof analyticsService

/** What the handlers of this service need. */
export type Ports = { readonly warehouse: Warehouse }
