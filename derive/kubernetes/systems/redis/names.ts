import { type Address, addressAt } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'

/** What Redis and its pods are called, and the ports that they open. Operators make further names from these. */
export const REDIS = {
  names: {
    cluster: 'knowton-redis',
    /** A Redis of its own for the gateway, which speaks to one host only. */
    rateLimits: 'knowton-rate-limits',
  },
  /** Labels that select the pods of each kind, as they or their operators make them. */
  pods: {
    rateLimits: { app: 'knowton-rate-limits' },
    leader: { app: 'knowton-redis-leader' },
    follower: { app: 'knowton-redis-follower' },
  },
  ports: {
    clients: 6379,
    bus: 16379,
    metrics: 9121,
  },
} as const

/** TLS; any leader tells a client of the others. */
export const redisAddress = ({ namespaces }: Pick<ClusterEnvironment, 'namespaces'>): Address =>
  addressAt(`${REDIS.names.cluster}-leader`, namespaces.data, REDIS.ports.clients)

/** The Redis of the gateway, by TLS. */
export const rateLimitsAddress = ({ namespaces }: Pick<ClusterEnvironment, 'namespaces'>): Address =>
  addressAt(`${REDIS.names.rateLimits}-master`, namespaces.data, REDIS.ports.clients)
