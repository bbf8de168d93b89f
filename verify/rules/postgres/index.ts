import type { Rule } from '../../types.ts'
import {
  postgresBackupMissing,
  postgresBackupRemoved,
  postgresScheduleFields,
  postgresStaticKeys,
} from './postgres-backup.ts'
import {
  postgresChecksumsMissing,
  postgresCredentialsUnfit,
  postgresImageRolling,
  postgresInstancesTogether,
  postgresPodMonitorDeprecated,
  postgresPoolerMissing,
  postgresSuperuserOpen,
  postgresSynchronousMissing,
  postgresWalShared,
} from './postgres-cluster.ts'
import { postgresMemoryOver, postgresQosBurstable } from './postgres-memory.ts'

export const postgresRules: readonly Rule[] = [
  postgresBackupMissing,
  postgresBackupRemoved,
  postgresScheduleFields,
  postgresStaticKeys,
  postgresImageRolling,
  postgresCredentialsUnfit,
  postgresSuperuserOpen,
  postgresSynchronousMissing,
  postgresInstancesTogether,
  postgresMemoryOver,
  postgresQosBurstable,
  postgresPoolerMissing,
  postgresPodMonitorDeprecated,
  postgresWalShared,
  postgresChecksumsMissing,
]
