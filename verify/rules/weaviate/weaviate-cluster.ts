import { servicesOf } from '../../read/services.ts'
import type { Rule, World } from '../../types.ts'
import { objectOf } from '../../values.ts'
import { isSwitchedOn, modulesOf, pathOf, type Weaviate, weaviates } from './weaviates.ts'

const several = (world: World): readonly Weaviate[] => weaviates(world).filter(({ group }) => group.replicas.max > 1)

const GRPC_PORT = 50051

/** Several pods that do not know each other are several databases. */
export const weaviateNotClustered: Rule = {
  id: 'weaviate-not-clustered',
  severity: 'error',
  about: 'Every set of several Weaviate pods forms a cluster.',
  check: (world) =>
    several(world).flatMap((weaviate) => {
      const lacks = ['CLUSTER_JOIN', 'RAFT_JOIN', 'RAFT_BOOTSTRAP_EXPECT'].filter(
        (name) => !weaviate.environment.variables.has(name),
      )
      if (lacks.length === 0) return []
      const pods = weaviate.group.replicas.count
      return [
        {
          on: weaviate.group.owner,
          path: pathOf(weaviate, 'CLUSTER_HOSTNAME'),
          says: `${pods} pods with ${pods} different sets of data will answer under one name: without ${lacks.join(', ')} each is a database of its own.`,
          fix: 'Set CLUSTER_JOIN to the headless Service, RAFT_JOIN to the names of the pods and RAFT_BOOTSTRAP_EXPECT to their number.',
        },
      ]
    }),
}

/** Pods that wait for each other in turn cannot form a quorum. */
export const weaviateSequentialStart: Rule = {
  id: 'weaviate-sequential-start',
  severity: 'warning',
  about: 'No set of Weaviate pods starts one after another, since only a quorum becomes ready.',
  check: (world) =>
    several(world)
      .filter(({ group }) => {
        const { podManagementPolicy } = objectOf(group.owner.manifest.spec)
        return group.owner.ref.kind === 'StatefulSet' && podManagementPolicy !== 'Parallel'
      })
      .map(({ group }) => ({
        on: group.owner,
        path: 'spec.podManagementPolicy',
        says: 'As a cluster these pods come back slowly or not at all after all were away: the first waits for a quorum, and the others wait for the first.',
        fix: 'Set podManagementPolicy to Parallel.',
      })),
}

/** Collections are kept once unless they say otherwise. */
export const weaviateReplicationOnce: Rule = {
  id: 'weaviate-replication-once',
  severity: 'note',
  about: 'Every collection of a Weaviate cluster is kept more than once unless it says otherwise.',
  check: (world) =>
    several(world)
      .filter(({ environment }) => !environment.variables.has('REPLICATION_MINIMUM_FACTOR'))
      .map(({ group, path }) => ({
        on: group.owner,
        path,
        says: 'A part of every collection is away with each pod: the replication factor is 1 unless a collection is made with another.',
        fix: 'Set REPLICATION_MINIMUM_FACTOR to 3, or make the collections with that factor.',
      })),
}

/** Clients of version 4 speak gRPC. */
export const weaviateGrpcClosed: Rule = {
  id: 'weaviate-grpc-closed',
  severity: 'warning',
  about: 'Every gRPC port of Weaviate is on a Service.',
  check: (world) =>
    weaviates(world)
      .filter(({ group }) =>
        servicesOf(world, group).every(({ ports }) => ports.every(({ target }) => target !== GRPC_PORT)),
      )
      .map(({ group, path }) => ({
        on: group.owner,
        path: `${path}.ports`,
        says: `Current clients cannot search: they speak gRPC on port ${GRPC_PORT}, which no Service leads to.`,
        fix: `Add port ${GRPC_PORT} to the container and to its Service.`,
      })),
}

/** Without a module there is no place to put a backup. */
export const weaviateBackupMissing: Rule = {
  id: 'weaviate-backup-missing',
  severity: 'warning',
  about: 'Every Weaviate has a module that backups can be made with.',
  check: (world) =>
    weaviates(world)
      .filter((weaviate) => !modulesOf(weaviate).some((name) => name.startsWith('backup-')))
      .map((weaviate) => ({
        on: weaviate.group.owner,
        path: pathOf(weaviate, 'ENABLE_MODULES'),
        says: 'What is deleted stays deleted: backups cannot be made, no backup module is on.',
        fix: 'Add backup-s3 (or backup-gcs, backup-azure) to ENABLE_MODULES.',
      })),
}

/** Port 2112 is there only when it is asked for. */
export const weaviateMetricsMissing: Rule = {
  id: 'weaviate-metrics-missing',
  severity: 'warning',
  about: 'Every Weaviate exports metrics.',
  check: (world) =>
    weaviates(world)
      .filter((weaviate) => !isSwitchedOn(weaviate, 'PROMETHEUS_MONITORING_ENABLED'))
      .map((weaviate) => ({
        on: weaviate.group.owner,
        path: pathOf(weaviate, 'PROMETHEUS_MONITORING_ENABLED'),
        says: 'Port 2112 answers nobody: metrics are off unless they are switched on.',
        fix: 'Set PROMETHEUS_MONITORING_ENABLED to true.',
      })),
}
