import type { Rule, World } from '../../types.ts'
import { isObject, objectAt, objectOf, objectsOf, scalarText, textOf, valueAt } from '../../values.ts'
import { parseImage } from '../images/image-reference.ts'
import { type Cluster, clusters, dependentsOf, servingClusters } from './clusters.ts'

/** Tags that name only a major version move, and are deprecated aliases of the system images. */
export const postgresImageRolling: Rule = {
  id: 'postgres-image-rolling',
  severity: 'warning',
  about: 'No PostgreSQL cluster runs on an image whose tag names only a major version.',
  check: (world) =>
    clusters(world).flatMap(({ object, spec }) => {
      const { tag, digest } = parseImage(textOf(spec.imageName) ?? '')
      if (tag === undefined || digest !== undefined || !/^\d+$/.test(tag)) return []
      return [
        {
          on: object,
          path: 'spec.imageName',
          says: `Instances may run different minor versions: the tag ${tag} moves with each release, and is a deprecated alias of an image on an ended Debian.`,
          fix: 'Name a whole version and its base, 16.15-standard-trixie for example, or use an ImageCatalog.',
        },
      ]
    }),
}

/** What the operator demands of the Secret that names the owner. */
export const postgresCredentialsUnfit: Rule = {
  id: 'postgres-credentials-unfit',
  severity: 'error',
  about: "Every Secret of a database's owner has the right type and is for that user.",
  check: (world) => clusters(world).flatMap((cluster) => unfit(world, cluster)),
}

const unfit = (world: World, { object, spec }: Cluster) => {
  const initdb = objectAt(spec, 'bootstrap.initdb')
  const name = textOf(objectOf(initdb.secret).name)
  const owner = textOf(initdb.owner)
  const maker = world.provided.find(
    (made) => made.kind === 'Secret' && made.namespace === object.ref.namespace && made.name === name,
  )?.maker
  if (name === undefined || maker?.ref.kind !== 'ExternalSecret') return []
  const template = objectAt(maker.manifest, 'spec.target.template')
  const path = 'spec.target.template'
  if (template.type !== 'kubernetes.io/basic-auth')
    return [
      {
        on: maker,
        path,
        says: `The cluster ${object.ref.name} will not take this Secret for its owner: it must be of the type kubernetes.io/basic-auth.`,
        fix: 'Set the template to that type with the keys username and password.',
      },
    ]
  const username = scalarText(objectOf(template.data).username)
  if (owner === undefined || username === undefined || username.includes('{{') || username === owner) return []
  return [
    {
      on: maker,
      path: `${path}.data.username`,
      says: `The cluster ${object.ref.name} will not take this Secret: its user is ${username} and the owner of the database ${owner}.`,
      fix: 'Use the same name.',
    },
  ]
}

/** The operator's own PodMonitor cannot be changed, and goes away. */
export const postgresPodMonitorDeprecated: Rule = {
  id: 'postgres-pod-monitor-deprecated',
  severity: 'warning',
  about: 'No PostgreSQL cluster is scraped by a deprecated PodMonitor of the operator.',
  check: (world) =>
    clusters(world)
      .filter(({ spec }) => valueAt(spec, 'monitoring.enablePodMonitor') === true)
      .map(({ object }) => ({
        on: object,
        path: 'spec.monitoring.enablePodMonitor',
        says: 'Metrics will stop with a later CloudNativePG: enablePodMonitor is deprecated, and its PodMonitor is read only where a Prometheus operator runs.',
        fix: 'Declare a PodMonitor that selects cnpg.io/cluster and the port metrics.',
      })),
}

/** One instance is always written to alone. */
export const postgresSynchronousMissing: Rule = {
  id: 'postgres-synchronous-missing',
  severity: 'warning',
  about: 'No PostgreSQL cluster loses its last transactions when the primary fails.',
  check: (world) =>
    servingClusters(world)
      .filter(({ instances, spec }) => {
        const isSynchronous = isObject(valueAt(spec, 'postgresql.synchronous')) || Number(spec.minSyncReplicas ?? 0) > 0
        return instances > 1 && !isSynchronous
      })
      .map(({ object }) => ({
        on: object,
        path: 'spec.postgresql',
        says: 'Transactions that were answered with success are lost when the primary fails before a replica has them: no replica is synchronous.',
        fix: 'Set spec.postgresql.synchronous to method any and number 1.',
      })),
}

/** Damage of a page is noticed only with checksums. */
export const postgresChecksumsMissing: Rule = {
  id: 'postgres-checksums-missing',
  severity: 'note',
  about: 'Every PostgreSQL cluster is made with checksums of its pages.',
  check: (world) =>
    servingClusters(world)
      .filter(({ spec }) => {
        const initdb = valueAt(spec, 'bootstrap.initdb')
        return isObject(initdb) && initdb.dataChecksums !== true
      })
      .map(({ object }) => ({
        on: object,
        path: 'spec.bootstrap.initdb',
        says: 'A disk that damages pages will be noticed late or never, and backed up: the pages have no checksums.',
        fix: 'Set dataChecksums to true before the cluster is made.',
      })),
}

/** A log that fills the data volume stops the database. */
export const postgresWalShared: Rule = {
  id: 'postgres-wal-shared',
  severity: 'note',
  about: 'Every PostgreSQL cluster has a volume of its own for its write-ahead log.',
  check: (world) =>
    servingClusters(world)
      .filter(({ spec }) => isObject(spec.storage) && !isObject(spec.walStorage))
      .map(({ object }) => ({
        on: object,
        path: 'spec.storage',
        says: 'A log that cannot be archived will fill the volume of the data and stop the database.',
        fix: 'Set spec.walStorage.',
      })),
}

/** The operator only prefers to keep instances apart. */
export const postgresInstancesTogether: Rule = {
  id: 'postgres-instances-together',
  severity: 'warning',
  about: 'No two instances of a PostgreSQL cluster stand on one node, and not all in one zone.',
  check: (world) =>
    servingClusters(world)
      .filter(({ instances, spec }) => {
        const isApart = valueAt(spec, 'affinity.podAntiAffinityType') === 'required'
        return instances > 1 && !isApart && objectsOf(spec.topologySpreadConstraints).length === 0
      })
      .map(({ object }) => ({
        on: object,
        path: 'spec.affinity',
        says: 'The primary and its replicas may stand on one node and fail with it: the operator only prefers to keep them apart.',
        fix: 'Set affinity.podAntiAffinityType to required and add topologySpreadConstraints over zones.',
      })),
}

/** From how many connections on each client's process hurts; PostgreSQL's own default is 100. */
const MANY_CONNECTIONS = 200

/** Many connections want a pooler. */
export const postgresPoolerMissing: Rule = {
  id: 'postgres-pooler-missing',
  severity: 'note',
  about: 'No PostgreSQL cluster takes many connections without a pooler.',
  check: (world) =>
    servingClusters(world)
      .filter((cluster) => {
        const connections = Number(cluster.parameters.max_connections ?? 100)
        return connections >= MANY_CONNECTIONS && dependentsOf(world, 'Pooler', cluster).length === 0
      })
      .map(({ object, parameters }) => ({
        on: object,
        path: 'spec.postgresql.parameters.max_connections',
        says: `Up to ${parameters.max_connections} server processes will run, one for each connection of a client: nothing pools them.`,
        fix: 'Declare a Pooler and let the services connect to it.',
      })),
}

/** A role that may do everything, with a password. */
export const postgresSuperuserOpen: Rule = {
  id: 'postgres-superuser-open',
  severity: 'warning',
  about: 'No superuser of PostgreSQL can sign in over the network.',
  check: (world) =>
    clusters(world)
      .filter(({ spec }) => spec.enableSuperuserAccess === true)
      .map(({ object }) => ({
        on: object,
        path: 'spec.enableSuperuserAccess',
        says: 'Whoever has the password of postgres may do everything, over the network too.',
        fix: 'Remove enableSuperuserAccess and give each service a role of its own.',
      })),
}
