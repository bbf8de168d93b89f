import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { names } from '../../names.ts'
import { CRITICAL_PRIORITY, placement, resourcesOf, spread } from '../../parts/pod.ts'
import { cloudPodLabels, serviceAccountAnnotations } from '../../workload-identity.ts'
import { accessRules } from './access.ts'
import { archivePlugin } from './backup.ts'
import { POSTGRES } from './names.ts'
import { managedRoles } from './roles.ts'

/** Enough instances that those which are left can tell which of them has every commit. */
const QUORUM_INSTANCES = 3

/** The founding document's database and owner: made with the cluster, and open to nobody from the network. */
const application = { database: 'knowton', owner: 'knowton_user' } as const

/** The PostgreSQL cluster. Its own certificates are the operator's; clients meet the pooler's. */
export const postgresCluster = (platform: PlatformShape, environment: ClusterEnvironment): Manifest => {
  const { postgres, images } = environment
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: {
      name: POSTGRES.names.cluster,
      namespace: environment.namespaces.data,
      labels: labelsOf('postgres'),
      annotations: NEVER_PRUNED,
    },
    spec: {
      instances: postgres.instances,
      imageName: images.postgres,
      imagePullPolicy: 'IfNotPresent',
      bootstrap: {
        initdb: { ...application, dataChecksums: true, encoding: 'UTF8', localeCollate: 'C', localeCType: 'C' },
      },
      postgresql: {
        parameters: { ...postgres.parameters, max_slot_wal_keep_size: halfOf(postgres.walStorage) },
        pg_hba: accessRules(platform),
        ...(postgres.synchronousReplicas === 0 ? {} : { synchronous: synchronous(environment) }),
      },
      managed: { roles: managedRoles(platform) },
      plugins: [archivePlugin],
      enableSuperuserAccess: false,
      // one instance has no other to hand over to: a budget would only stop the node from being drained
      enablePDB: postgres.instances > 1,
      primaryUpdateStrategy: 'unsupervised',
      primaryUpdateMethod: 'switchover',
      ...storage(environment),
      ...instancePod(environment, POSTGRES.names.cluster, POSTGRES.pods.instances),
    },
  }
}

/** Where the files of an instance lie; the log has a volume of its own, so that it cannot fill the data's. */
export const storage = ({ postgres }: ClusterEnvironment) => ({
  storage: { size: postgres.storage, storageClass: names.storageClass },
  walStorage: { size: postgres.walStorage, storageClass: names.storageClass },
})

/** How and where instances run; CloudNativePG itself runs them as `restricted` demands. */
export const instancePod = (
  environment: ClusterEnvironment,
  cluster: string,
  labels: Readonly<Record<string, string>>,
) => {
  const annotations = serviceAccountAnnotations(environment, 'postgres')
  return {
    resources: resourcesOf(environment.postgres.resources, '2Gi'),
    ephemeralVolumesSizeLimit: { shm: '1Gi', temporaryData: '1Gi' },
    affinity: {
      enablePodAntiAffinity: true,
      podAntiAffinityType: 'required',
      topologyKey: 'kubernetes.io/hostname',
      ...placement(environment, 'data'),
    },
    topologySpreadConstraints: spread(labels).topologySpreadConstraints,
    priorityClassName: CRITICAL_PRIORITY,
    seccompProfile: { type: 'RuntimeDefault' },
    inheritedMetadata: { labels: { ...labelsOf('postgres', cluster), ...cloudPodLabels(environment) } },
    ...(Object.keys(annotations).length === 0 ? {} : { serviceAccountTemplate: { metadata: { annotations } } }),
  }
}

const synchronous = ({ postgres }: ClusterEnvironment) => ({
  method: 'any',
  number: postgres.synchronousReplicas,
  dataDurability: 'required',
  ...(postgres.instances >= QUORUM_INSTANCES ? { failoverQuorum: true } : {}),
})

/** Half of a volume, in PostgreSQL's unit: a replica that stays away must not fill the volume with log kept for it. */
const halfOf = (size: string): string => {
  const gibibytes = /^(\d+)Gi$/.exec(size)?.[1]
  if (gibibytes === undefined) throw new Error(`The size of the log's volume is "${size}", not a whole number of Gi.`)
  return `${Number(gibibytes) * 512}MB`
}
