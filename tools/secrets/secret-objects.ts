import { LOCAL_SECRETS_NAMESPACE, type Manifest } from '@knowton/derive'
import type { FilledEntries } from './fill-entries.ts'

/** The namespace and one Secret for each entry, called as the secret store asks for it. */
export const secretObjects = (filled: FilledEntries, nameOf: (entry: string) => string): readonly Manifest[] => [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: LOCAL_SECRETS_NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  },
  ...Object.entries(filled).map(([entry, stringData]) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: nameOf(entry), namespace: LOCAL_SECRETS_NAMESPACE },
    type: 'Opaque',
    stringData,
  })),
]
