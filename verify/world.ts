import { modelOf } from './model/index.ts'
import type { Context, Loaded, Workflow, World } from './types.ts'

/** What every cluster holds from its first minute, by `kind/namespace/name`; `*` = in every namespace. */
const ownOfCluster: readonly string[] = [
  ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].map((name) => `Namespace//${name}`),
  'ServiceAccount/*/default',
  'ConfigMap/*/kube-root-ca.crt',
  'Service/default/kubernetes',
  'Service/kube-system/kube-dns',
  'PriorityClass//system-cluster-critical',
  'PriorityClass//system-node-critical',
  ...['cluster-admin', 'admin', 'edit', 'view', 'system:auth-delegator'].map((name) => `ClusterRole//${name}`),
  'Role/kube-system/extension-apiserver-authentication-reader',
]

const keyOf = (kind: string, namespace: string | undefined, name: string) => `${kind}/${namespace ?? ''}/${name}`

/** Makes what rules look at. */
export const createWorld = (
  loaded: { readonly objects: readonly Loaded[]; readonly workflows?: readonly Workflow[] },
  context: Context,
): World => {
  const { objects, workflows = [] } = loaded
  const { pods, provided } = modelOf(objects)
  const byKind = Map.groupBy(objects, ({ ref }) => ref.kind)
  const known = new Set([
    ...objects.map(({ ref }) => keyOf(ref.kind, ref.namespace, ref.name)),
    ...provided.map(({ kind, namespace, name }) => keyOf(kind, namespace, name)),
    ...context.external,
    ...ownOfCluster,
  ])
  const indexes = new Map<unknown, unknown>()
  const world: World = {
    objects,
    workflows,
    pods,
    provided,
    context,
    ofKind: (kind, group) => {
      const all = byKind.get(kind) ?? []
      return group === undefined ? all : all.filter(({ ref }) => ref.group === group)
    },
    exists: (kind, namespace, name) =>
      known.has(keyOf(kind, namespace, name)) ||
      known.has(keyOf(kind, '*', name)) ||
      known.has(keyOf(kind, namespace, '*')),
    index: <Index>(make: (world: World) => Index): Index => {
      if (!indexes.has(make)) indexes.set(make, make(world))
      // what is kept under a function is what that function returned
      return indexes.get(make) as Index
    },
  }
  return world
}
