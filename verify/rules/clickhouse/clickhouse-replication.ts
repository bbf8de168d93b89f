import type { Rule, World } from '../../types.ts'
import { isObject, objectsAt, objectsOf, textAt, textOf, valueAt } from '../../values.ts'
import { type Installation, installations } from './installations.ts'

/** Replicas agree through Keeper; without one they are copies of nothing. */
export const clickhouseKeeperMissing: Rule = {
  id: 'clickhouse-keeper-missing',
  severity: 'error',
  about: 'Every ClickHouse installation with replicas has a Keeper that they agree through.',
  check: (world) =>
    installations(world).flatMap((installation) => {
      const replicated = installation.clusters.find(({ replicas }) => replicas > 1)
      const reason = replicated === undefined ? undefined : unreachable(world, installation)
      if (replicated === undefined || reason === undefined) return []
      return [
        {
          on: installation.object,
          path: isObject(installation.configuration.zookeeper) ? 'spec.configuration.zookeeper' : replicated.path,
          says: `Nothing is replicated: ${reason}, so replicated tables are read-only and statements ON CLUSTER fail.`,
          fix: 'Declare a ClickHouseKeeperInstallation and name it in configuration.zookeeper.keeper.',
        },
      ]
    }),
}

const unreachable = (world: World, { object, configuration }: Installation): string | undefined => {
  const keeper = textAt(configuration, 'zookeeper.keeper.name')
  const namespace = textAt(configuration, 'zookeeper.keeper.namespace') ?? object.ref.namespace
  if (keeper !== undefined)
    return world.exists('ClickHouseKeeperInstallation', namespace, keeper) ? undefined : `there is no Keeper ${keeper}`
  const hosts = objectsAt(configuration, 'zookeeper.nodes').flatMap(({ host }) => textOf(host) ?? [])
  if (hosts.length === 0) return 'the replicas have neither Keeper nor ZooKeeper'
  return hosts.some((host) => mayResolve(world, host, object.ref.namespace))
    ? undefined
    : `no host answers at ${hosts.join(', ')}`
}

/** Hosts of the cluster need a Service; names of elsewhere are taken for good. */
const mayResolve = (world: World, host: string, home: string | undefined): boolean => {
  const parts = host.replace(/\.svc(\.cluster\.local)?\.?$/, '').split('.')
  const isInside = parts.length <= 2 || /\.svc(\.|$)/.test(host)
  if (!isInside) return true
  const [first = '', second = '', third] = parts
  return world.exists('Service', second === '' ? home : second, first) || world.exists('Service', third ?? home, second)
}

/** Both copies of a shard on one node are one copy. */
export const clickhouseReplicasTogether: Rule = {
  id: 'clickhouse-replicas-together',
  severity: 'warning',
  about: 'No two replicas of a ClickHouse shard stand on one node.',
  check: (world) =>
    installations(world).flatMap(({ object, clusters, podTemplates }) => {
      const isSpread = podTemplates.some(
        (template) =>
          objectsOf(template.podDistribution).length > 0 ||
          isObject(valueAt(template, 'spec.affinity')) ||
          objectsAt(template, 'spec.topologySpreadConstraints').length > 0,
      )
      if (isSpread || !clusters.some(({ replicas, shards }) => replicas * shards > 1)) return []
      return [
        {
          on: object,
          path: podTemplates.length === 0 ? 'spec.templates' : 'spec.templates.podTemplates[0]',
          says: 'Both replicas of a shard may stand on one node, and their data is away when it is.',
          fix: 'Set podDistribution to ShardAntiAffinity over zones and ClickHouseAntiAffinity over hosts.',
        },
      ]
    }),
}

/** The operator deletes volumes with the installation unless it is told not to. */
export const clickhouseReclaimDelete: Rule = {
  id: 'clickhouse-reclaim-delete',
  severity: 'error',
  about: 'No volume of a ClickHouse installation or Keeper is deleted with the custom resource.',
  check: (world) =>
    [
      ...world.ofKind('ClickHouseInstallation', 'clickhouse.altinity.com'),
      ...world.ofKind('ClickHouseKeeperInstallation', 'clickhouse-keeper.altinity.com'),
    ].flatMap((object) => {
      const common = valueAt(object.manifest, 'spec.defaults.storageManagement.reclaimPolicy')
      return objectsAt(object.manifest, 'spec.templates.volumeClaimTemplates').flatMap((template, index) =>
        (template.reclaimPolicy ?? common) === 'Retain'
          ? []
          : [
              {
                on: object,
                path: `spec.templates.volumeClaimTemplates[${index}]`,
                says: `Deleting the ${object.ref.kind}, also by mistake or by a pruning sync, deletes every volume of ${textOf(template.name)}: the reclaim policy is Delete unless it is set.`,
                fix: 'Set reclaimPolicy: Retain on the volume claim template.',
              },
            ],
      )
    }),
}

/** What is not copied elsewhere is lost with the volumes, or by one DROP. */
export const clickhouseBackupMissing: Rule = {
  id: 'clickhouse-backup-missing',
  severity: 'warning',
  about: 'Every ClickHouse installation is backed up.',
  check: (world) => {
    const containers = [
      ...world.pods.flatMap(({ spec }) => objectsOf(spec.containers)),
      ...installations(world).flatMap(({ podTemplates }) =>
        podTemplates.flatMap((template) => objectsAt(template, 'spec.containers')),
      ),
    ]
    if (containers.some((container) => /clickhouse-backup|BACKUP (DATABASE|TABLE|ALL)/.test(JSON.stringify(container))))
      return []
    return installations(world).map(({ object }) => ({
      on: object,
      path: 'spec',
      says: 'A dropped table stays lost, replicas drop it too: nothing here makes backups of this installation.',
      fix: 'Run clickhouse-backup beside the servers and a CronJob that sends its backups to an object store.',
    }))
  },
}
