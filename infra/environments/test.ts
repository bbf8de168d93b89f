import type { Environment } from '@knowton/derive'
import { local } from './local.ts'

const requestsPerMinute = 1_000_000

/** Like local, but a test suite may send as much as it likes from one address. */
export const test: typeof local = {
  ...local,
  name: 'test',
  services: {
    'creator-service': { requestsPerMinute, config: { mintsPerDay: '10000' } },
    'asset-tokenization': { requestsPerMinute, config: {} },
    'marketplace-service': { requestsPerMinute, config: {} },
    'analytics-service': { requestsPerMinute, config: {} },
  },
} satisfies Environment
