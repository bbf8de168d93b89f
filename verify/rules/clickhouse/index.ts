import type { Rule } from '../../types.ts'
import {
  clickhouseInterserverOpen,
  clickhouseMetricsMissing,
  clickhouseNetworkOpen,
  clickhouseTlsMissing,
  clickhouseUserUnbounded,
} from './clickhouse-access.ts'
import {
  clickhouseBackupMissing,
  clickhouseKeeperMissing,
  clickhouseReclaimDelete,
  clickhouseReplicasTogether,
} from './clickhouse-replication.ts'

export const clickhouseRules: readonly Rule[] = [
  clickhouseKeeperMissing,
  clickhouseReplicasTogether,
  clickhouseReclaimDelete,
  clickhouseBackupMissing,
  clickhouseNetworkOpen,
  clickhouseUserUnbounded,
  clickhouseTlsMissing,
  clickhouseInterserverOpen,
  clickhouseMetricsMissing,
]
