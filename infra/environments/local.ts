import type { Environment } from '@knowton/derive'
import type { ServiceName } from '@knowton/system'

/** One machine, the founding document's limits. */
export const local: Environment<ServiceName> = {
  name: 'local',
  corsOrigins: ['https://knowton.io'],
  feeBps: 100,
  services: {
    'creator-service': { requestsPerMinute: 100, config: {} },
    // the page of a token asks here as often as it asks the marketplace
    'asset-tokenization': { requestsPerMinute: 200, config: {} },
    'marketplace-service': { requestsPerMinute: 200, config: {} },
    // one answer reads far more rows than any other; a page of six figures may still refresh every four seconds
    'analytics-service': { requestsPerMinute: 100, config: {} },
  },
}
