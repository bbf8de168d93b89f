/** Where one address stands in the present minute. */
export type RateLimitResult = {
  readonly allowed: boolean
  readonly limit: number
  readonly remaining: number
  /** Until the count starts again. */
  readonly resetSeconds: number
}

/** Counts the request of `address` at `nowMs`. */
export type RateLimiter = (address: string, nowMs: number) => RateLimitResult

const MINUTE_MS = 60_000

/** Lets each address send `perMinute` requests in a calendar minute, as Kong's `local` policy counts. */
export const createRateLimiter = (perMinute: number): RateLimiter => {
  let minute = 0
  let counts = new Map<string, number>()
  return (address, nowMs) => {
    const current = Math.floor(nowMs / MINUTE_MS)
    if (current !== minute) {
      minute = current
      counts = new Map()
    }
    const used = counts.get(address) ?? 0
    const allowed = used < perMinute
    if (allowed) counts.set(address, used + 1)
    return {
      allowed,
      limit: perMinute,
      remaining: allowed ? perMinute - used - 1 : 0,
      resetSeconds: Math.max(1, Math.ceil(((current + 1) * MINUTE_MS - nowMs) / 1000)),
    }
  }
}

/** The headers that tell a caller, under the names Kong gives them. */
export const rateHeaders = ({ limit, remaining, resetSeconds }: RateLimitResult): readonly string[] => [
  'RateLimit-Limit',
  String(limit),
  'RateLimit-Remaining',
  String(remaining),
  'RateLimit-Reset',
  String(resetSeconds),
  'X-RateLimit-Limit-Minute',
  String(limit),
  'X-RateLimit-Remaining-Minute',
  String(remaining),
]
