import type { Warehouse } from '@knowton/kit'

/** What the handlers of this service work on. */
export type Ports = { readonly warehouse: Warehouse }
