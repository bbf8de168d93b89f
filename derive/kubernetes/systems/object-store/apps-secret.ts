import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { Component } from '../../manifest.ts'
import { objectStoreSecret } from './access.ts'

const NAME = 'object-store-access'

/** The keys of an object store that does not know pods by their identity; none where the cloud's own is used. */
export const objectStoreAccess = (environment: ClusterEnvironment): readonly Component[] => {
  const secrets = objectStoreSecret(environment, environment.namespaces.apps, NAME)
  return secrets.length === 0 ? [] : [{ name: NAME, group: 'apps', files: { 'external-secret': secrets } }]
}
