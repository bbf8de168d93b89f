import type { PlatformShape } from '@knowton/core'
import { databasePlans } from '../../../plan/databases.ts'

/**
 * Who may connect from the network, as lines of pg_hba.conf: each database takes its owner and the declared readers of
 * its event log, with TLS and a password, and nobody else takes anybody. PostgreSQL and PgBouncer read the same lines.
 * Lines, not GRANT CONNECT: they hold from the first start, follow the declaration at every reload, and need no
 * superuser's connection. The operator's own lines for replication, metrics and the pooler stand before them.
 */
export const accessRules = (platform: PlatformShape): readonly string[] => [
  ...databasePlans(platform).flatMap(({ database, role, readers }) =>
    fromAnywhere(`hostssl ${database} ${[role, ...readers].join(',')}`, 'scram-sha-256'),
  ),
  ...fromAnywhere('host all all', 'reject'),
]

// not the address `all`: PgBouncer skips a line that it cannot read, and lets in whom the next one does
const fromAnywhere = (who: string, method: string): readonly string[] =>
  ['0.0.0.0/0', '::/0'].map((addresses) => `${who} ${addresses} ${method}`)
