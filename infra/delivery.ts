import type { ArgoVersion, DeliverySettings, WorkflowSettings } from '@knowton/derive'
import { actions } from './actions.ts'
import { operators } from './operators.ts'

/**
 * The repository that Argo CD follows. Every environment has its own folder of `main`, which only reviewed pull requests
 * change: what a merge does to production stands in its diff.
 */
export const delivery: DeliverySettings = {
  repository: 'https://github.com/knowton/platform.git',
  revisions: { staging: 'main', production: 'main', local: 'main' },
  operators,
}

export const argoVersion: ArgoVersion = {
  repository: 'https://github.com/argoproj/argo-cd',
  path: 'manifests/cluster-install',
  revision: 'v3.5.1',
}

export const workflowSettings: WorkflowSettings = { actions, nodeVersion: '24', registry: 'ghcr.io' }
