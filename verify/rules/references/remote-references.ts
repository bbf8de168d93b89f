import type { Loaded, World } from '../../types.ts'
import { listAt, textAt } from '../../values.ts'
import type { Reference } from './reference.ts'

/**
 * Secrets of another namespace of this very cluster that an ExternalSecret reads, through a store of External Secrets'
 * Kubernetes provider. Namespaces that no file makes, or that hold nothing the set could make, are not looked into.
 */
export const remoteReferences = (world: World, on: Loaded): readonly Reference[] => {
  if (on.ref.kind !== 'ExternalSecret' || on.ref.group !== 'external-secrets.io') return []
  const namespace = remoteNamespaceOf(world, on)
  if (namespace === undefined || !makesSecrets(world, namespace)) return []
  return listAt(on.manifest, 'spec.data').flatMap((item, index): readonly Reference[] => {
    const name = textAt(item, 'remoteRef.key')
    const key = textAt(item, 'remoteRef.property')
    if (name === undefined) return []
    const path = `spec.data[${index}].remoteRef.key`
    return [{ on, path, kind: 'Secret', namespace, name, keys: key === undefined ? [] : [key] }]
  })
}

const remoteNamespaceOf = (world: World, on: Loaded): string | undefined => {
  const kind = textAt(on.manifest, 'spec.secretStoreRef.kind') ?? 'SecretStore'
  const name = textAt(on.manifest, 'spec.secretStoreRef.name')
  const store = world
    .ofKind(kind, 'external-secrets.io')
    .find(({ ref }) => ref.name === name && (kind === 'ClusterSecretStore' || ref.namespace === on.ref.namespace))
  return store === undefined ? undefined : textAt(store.manifest, 'spec.provider.kubernetes.remoteNamespace')
}

const makesSecrets = (world: World, namespace: string): boolean =>
  world.provided.some((made) => made.kind === 'Secret' && made.namespace === namespace)
