import type { ActionPins, ArgoVersion, DeliverySettings, WorkflowSettings } from '@knowton/derive'
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

/** GitHub actions by the commit of a released version; a tag could be moved to other code. */
export const actions: ActionPins = {
  'actions/checkout': { version: 'v7.0.1', commit: '3d3c42e5aac5ba805825da76410c181273ba90b1' },
  'actions/setup-node': { version: 'v7.0.0', commit: '820762786026740c76f36085b0efc47a31fe5020' },
  'actions/upload-artifact': { version: 'v7.0.0', commit: 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f' },
  'actions/attest-build-provenance': { version: 'v4.1.0', commit: 'a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32' },
  'codecov/codecov-action': { version: 'v5.5.2', commit: '671740ac38dd9b0130fbe1cec585b89eea48d3de' },
  'docker/setup-buildx-action': { version: 'v4.3.0', commit: '37fe631027851001ddb9b187196cc803df7f5f0e' },
  'docker/login-action': { version: 'v4.1.0', commit: '4907a6ddec9925e35a0a9e82d7399ccc52663121' },
  'docker/metadata-action': { version: 'v6.2.0', commit: 'dc802804100637a589fabce1cb79ff13a1411302' },
  'docker/build-push-action': { version: 'v7.3.0', commit: '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a' },
  'sigstore/cosign-installer': { version: 'v4.1.2', commit: '6f9f17788090df1f26f669e9d70d6ae9567deba6' },
  'peter-evans/create-pull-request': { version: 'v8.1.1', commit: '5f6978faf089d4d20b00c7766989d076bb2fc7f1' },
}

export const workflowSettings: WorkflowSettings = { actions, nodeVersion: '24', registry: 'ghcr.io' }
