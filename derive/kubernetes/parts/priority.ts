/** The PriorityClass of what everything else stands on: stores and the gateway. */
export const CRITICAL_PRIORITY = 'knowton-critical'

/** The PriorityClass of everything else. */
export const STANDARD_PRIORITY = 'knowton-standard'
