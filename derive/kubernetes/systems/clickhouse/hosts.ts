import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { serviceNames } from '../../parts/certificate.ts'
import { CLICKHOUSE } from './names.ts'

/** The name of the only cluster of Keeper. */
export const KEEPER_CLUSTER = 'keeper'

/** The Service of each server, as the operator names them: by shard, then replica. */
export const clickhouseHosts = ({ clickhouse }: ClusterEnvironment): readonly string[] =>
  upTo(clickhouse.shards).flatMap((shard) =>
    upTo(clickhouse.replicas).map(
      (replica) => `chi-${CLICKHOUSE.names.installation}-${CLICKHOUSE.names.cluster}-${shard}-${replica}`,
    ),
  )

/** Every name that a server is called by: the Service of all, its own, and itself. */
export const clickhouseNames = (environment: ClusterEnvironment): readonly string[] => [
  ...serviceNames(`clickhouse-${CLICKHOUSE.names.installation}`, environment.namespaces.data),
  ...clickhouseHosts(environment).flatMap((host) => serviceNames(host, environment.namespaces.data)),
  'localhost',
]

/** Every name that a keeper is called by; the operator's Services of single keepers differ between its versions. */
export const keeperNames = ({ namespaces }: ClusterEnvironment): readonly string[] => [
  ...serviceNames(`keeper-${CLICKHOUSE.names.keeper}`, namespaces.data),
  `*.${namespaces.data}.svc.cluster.local`,
]

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)
