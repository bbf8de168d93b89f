import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest } from '../../manifest.ts'
import { BACKUP_STORE, BARMAN_PLUGIN } from './backup.ts'
import { instancePod, storage } from './cluster.ts'
import { POSTGRES } from './names.ts'
import { drillPolicies } from './restore-drill-policy.ts'

/**
 * Restores the newest backup and all log after it into a cluster of one, beside the running one, and archives nothing.
 * Not part of an overlay: applied by hand, read from, deleted. A drill that does not become ready is a backup that is none.
 */
export const restoreDrill = (environment: ClusterEnvironment): readonly Manifest[] => [
  ...drillPolicies(environment),
  {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: {
      name: POSTGRES.names.drill,
      namespace: environment.namespaces.data,
      labels: labelsOf('postgres', POSTGRES.names.drill),
    },
    spec: {
      instances: 1,
      imageName: environment.images.postgres,
      imagePullPolicy: 'IfNotPresent',
      bootstrap: { recovery: { source: POSTGRES.names.cluster } },
      externalClusters: [
        {
          name: POSTGRES.names.cluster,
          plugin: {
            name: BARMAN_PLUGIN,
            enabled: true,
            parameters: { barmanObjectName: BACKUP_STORE, serverName: POSTGRES.names.cluster },
          },
        },
      ],
      postgresql: { parameters: environment.postgres.parameters },
      enableSuperuserAccess: false,
      enablePDB: false,
      ...storage(environment),
      ...instancePod(environment, POSTGRES.names.drill, { 'cnpg.io/cluster': POSTGRES.names.drill }),
    },
  },
]
