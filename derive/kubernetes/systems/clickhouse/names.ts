import { type Address, addressAt } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'

/** What ClickHouse and its pods are called, and the ports that they open. Operators make further names from these. */
export const CLICKHOUSE = {
  names: {
    keeper: 'knowton-keeper',
    installation: 'knowton-clickhouse',
    /** At most 15 characters. */
    cluster: 'knowton-cluster',
  },
  /** Labels that select the pods of each kind, as they or their operators make them. */
  pods: {
    keeper: { 'clickhouse-keeper.altinity.com/chk': 'knowton-keeper' },
    servers: { 'clickhouse.altinity.com/chi': 'knowton-clickhouse' },
  },
  ports: {
    /** TLS only, the port that the operator gives it. */
    keeper: 2281,
    /** HTTPS; the native protocol has TLS, too. */
    https: 8443,
    keeperRaft: 9444,
    keeperMetrics: 7000,
    native: 9440,
    metrics: 9363,
    interserver: 9010,
  },
} as const

/** HTTPS. */
export const clickhouseAddress = ({ namespaces }: Pick<ClusterEnvironment, 'namespaces'>): Address =>
  addressAt(`clickhouse-${CLICKHOUSE.names.installation}`, namespaces.data, CLICKHOUSE.ports.https)
