import type { ServiceShape } from '@knowton/core'
import type { Environment } from '../config/process-environment.ts'
import { parseMigrationSettings } from '../config/settings.ts'
import type { Implementation } from '../implementation.ts'
import { migrate } from '../migrate/migrate.ts'
import type { Database } from '../stores.ts'
import { createPinoLog } from '../telemetry/pino-log.ts'
import { erase } from './erase.ts'
import { homeStore } from './open-stores.ts'

/**
 * Brings the database of a service up to date and does nothing else; needs only the URL of that database. Answers with
 * the names of the migrations that it carried out. Throws faults `config.invalid` and `migration.*`.
 */
export const migrateService = async <const S extends ServiceShape, Ports>(
  declared: S,
  implementation: Implementation<S, Ports>,
  environment: Environment,
): Promise<readonly string[]> => {
  const { stores, migrations } = erase(implementation)
  const name = homeStore(declared)
  const opener = name === undefined ? undefined : stores[name]
  if (name === undefined || opener === undefined) return []
  const { storeUrl, logLevel } = parseMigrationSettings(declared, name, environment)
  const log = createPinoLog(declared.name, logLevel)
  const open = await opener({ url: storeUrl, serviceName: declared.name, log })
  try {
    const applied = await migrate(open.store as Database, migrations)
    log.info('the database is up to date', { applied })
    return applied
  } finally {
    await open.close()
  }
}
