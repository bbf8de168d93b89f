import type { Manifest } from '../kubernetes/manifest.ts'

/** What Argo CD is installed from, and what it is told beyond its defaults. */
export type ArgoVersion = { readonly repository: string; readonly path: string; readonly revision: string }

/** Says `Healthy` when the operator of Redis reports that the cluster is ready. */
const REDIS_HEALTH = `hs = { status = "Progressing", message = "Waiting for the operator" }
if obj.status ~= nil and obj.status.state ~= nil then
  hs.message = obj.status.reason or obj.status.state
  if obj.status.state == "Ready" then hs.status = "Healthy" end
  if obj.status.state == "Failed" then hs.status = "Degraded" end
end
return hs
`

/** Says `Healthy` once the last master of a replicated Redis is known. */
const REDIS_REPLICATION_HEALTH = `hs = { status = "Progressing", message = "Waiting for a master" }
if obj.status ~= nil and obj.status.masterNode ~= nil and obj.status.masterNode ~= "" then
  hs.status = "Healthy"
  hs.message = obj.status.masterNode .. " is the master"
end
return hs
`

/** A backup store has no state of its own: it is there or it is not. */
const ALWAYS_HEALTHY = `return { status = "Healthy", message = "Configuration" }
`

/** The kustomization that installs Argo CD and the patches of its settings, by file name. */
export const argoInstall = ({ repository, path, revision }: ArgoVersion): Readonly<Record<string, object>> => ({
  'kustomization.yaml': {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace: 'argocd',
    resources: ['namespace.yaml', `${repository}//${path}?ref=${revision}`],
    patches: [{ path: 'argocd-cm.yaml' }, { path: 'argocd-cmd-params-cm.yaml' }],
  },
  'namespace.yaml': {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'argocd',
      labels: {
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': 'v1.35',
      },
    },
  } satisfies Manifest,
  'argocd-cm.yaml': {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'argocd-cm' },
    data: {
      'application.resourceTrackingMethod': 'annotation',
      'resource.customizations.health.redis.redis.opstreelabs.in_RedisCluster': REDIS_HEALTH,
      'resource.customizations.health.redis.redis.opstreelabs.in_RedisReplication': REDIS_REPLICATION_HEALTH,
      'resource.customizations.health.barmancloud.cnpg.io_ObjectStore': ALWAYS_HEALTHY,
    },
  },
  'argocd-cmd-params-cm.yaml': {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'argocd-cmd-params-cm' },
    data: { 'applicationsetcontroller.enable.progressive.syncs': 'true' },
  },
})
