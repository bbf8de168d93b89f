import type { Rule } from '../../types.ts'
import {
  argoImageLatest,
  argoImageUnbuilt,
  argoImageUnmatched,
  argoPathMissing,
  argoProjectDefault,
  argoRevisionFloating,
} from './argo-source.ts'
import {
  argoNamespaceUnlabelled,
  argoServerSideApplyMissing,
  argoWavesMissing,
  namespaceUnused,
  statefulPrunable,
} from './argo-sync.ts'
import {
  workflowCacheWithoutBuildx,
  workflowImageCase,
  workflowImageUnattested,
  workflowPushesUntrusted,
  workflowTagUnpushed,
} from './workflow-images.ts'
import {
  workflowActionOutdated,
  workflowActionUnpinned,
  workflowCloudKeys,
  workflowConcurrencyMissing,
  workflowEnvironmentMissing,
  workflowInjection,
  workflowMutatesCluster,
  workflowNodeEnded,
  workflowPermissionsMissing,
} from './workflow-trust.ts'

export const deliveryRules: readonly Rule[] = [
  workflowCacheWithoutBuildx,
  workflowTagUnpushed,
  workflowImageCase,
  workflowPushesUntrusted,
  workflowImageUnattested,
  workflowMutatesCluster,
  workflowCloudKeys,
  workflowPermissionsMissing,
  workflowActionUnpinned,
  workflowActionOutdated,
  workflowEnvironmentMissing,
  workflowConcurrencyMissing,
  workflowNodeEnded,
  workflowInjection,
  argoProjectDefault,
  argoRevisionFloating,
  argoImageUnmatched,
  argoImageLatest,
  argoImageUnbuilt,
  argoPathMissing,
  statefulPrunable,
  argoWavesMissing,
  argoNamespaceUnlabelled,
  argoServerSideApplyMissing,
  namespaceUnused,
]
