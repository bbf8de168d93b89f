import type { CloudIdentity, Cluster } from '../system.ts'

/** The role of the services that keep files. */
export const worksIdentities = ({
  platform,
  environment,
}: Pick<Cluster, 'platform' | 'environment'>): readonly CloudIdentity[] => [
  {
    name: 'works',
    namespace: environment.namespaces.apps,
    serviceAccounts: Object.values(platform.services)
      .filter(({ stores }) => Object.values(stores).some(({ kind }) => kind === 'files'))
      .map(({ name }) => name),
    bucket: 'works',
    prefix: '',
    access: 'read-write',
  },
]
