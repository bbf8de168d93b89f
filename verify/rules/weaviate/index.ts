import type { Rule } from '../../types.ts'
import { weaviateAnonymous, weaviateAuthenticationMissing, weaviateModuleKeyMissing } from './weaviate-access.ts'
import {
  weaviateBackupMissing,
  weaviateGrpcClosed,
  weaviateMetricsMissing,
  weaviateNotClustered,
  weaviateReplicationOnce,
  weaviateSequentialStart,
} from './weaviate-cluster.ts'

export const weaviateRules: readonly Rule[] = [
  weaviateAuthenticationMissing,
  weaviateAnonymous,
  weaviateModuleKeyMissing,
  weaviateNotClustered,
  weaviateSequentialStart,
  weaviateReplicationOnce,
  weaviateGrpcClosed,
  weaviateBackupMissing,
  weaviateMetricsMissing,
]
