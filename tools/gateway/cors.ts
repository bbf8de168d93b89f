import type { CorsConfig } from './declared.ts'

/** The headers for pages of other origins. */
export type Cors = {
  /** For any answer to a request with this Origin. */
  readonly headersFor: (origin: string | undefined) => readonly string[]
  /** For the answer to a preflight. */
  readonly preflight: readonly string[]
}

/** Lets pages of the configured origins read answers; others get no permission, and the browser keeps answers from them. */
export const createCors = (config: CorsConfig): Cors => {
  const origins = new Set(config.origins)
  const exposed = config.exposed_headers.join(',')
  return {
    headersFor: (origin) => {
      if (origin === undefined) return VARY
      if (!origins.has(origin)) return VARY
      return ['Vary', 'Origin', 'Access-Control-Allow-Origin', origin, 'Access-Control-Expose-Headers', exposed]
    },
    preflight: [
      'Access-Control-Allow-Methods',
      config.methods.join(','),
      'Access-Control-Allow-Headers',
      config.headers.join(','),
      'Access-Control-Max-Age',
      String(config.max_age),
      'Content-Length',
      '0',
    ],
  }
}

const VARY = ['Vary', 'Origin'] as const
