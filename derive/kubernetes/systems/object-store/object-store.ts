import { hasStore } from '../../../edges.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { System } from '../system.ts'
import { objectStoreAccess } from './apps-secret.ts'
import { objectStoreComponent } from './component.ts'
import { objectStoreFlows } from './flows.ts'
import { worksIdentities } from './identities.ts'
import { OBJECT_STORE } from './names.ts'

export const objectStore: System = {
  namespace: 'data',
  pods: OBJECT_STORE.pods,
  ports: OBJECT_STORE.ports,
  address: () => undefined,
  objects: ({ environment }) => [...objectStoreComponent(environment), ...objectStoreAccess(environment)],
  flows: () => [],
  clients: {
    usedBy: hasStore('files'),
    flows: ({ environment }, from) => objectStoreFlows(environment, from, 'files of works'),
    variables: [],
  },
  loads: ({ objectStore: { server } }: ClusterEnvironment) =>
    server === undefined
      ? []
      : [{ what: 'object store', pods: 2, containers: [server.resources], volumes: [server.storage] }],
  secrets: ({ environment }) =>
    environment.objectStore.endpoint === undefined
      ? {}
      : { 'object-store': { accessKeyId: { kind: 'password' }, secretAccessKey: { kind: 'password' } } },
  identities: worksIdentities,
  targets: () => [],
  metrics: {},
  alerts: () => ({}),
  dashboard: () => undefined,
}
