import { type Address, addressAt } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'

/** What Weaviate and its pods are called, and the ports that they open. Operators make further names from these. */
export const WEAVIATE = {
  names: {
    weaviate: 'weaviate',
  },
  /** Labels that select the pods of each kind, as they or their operators make them. */
  pods: {
    replicas: { app: 'weaviate' },
    /** Asks Weaviate for a backup. */
    backup: { app: 'weaviate-backup' },
  },
  ports: {
    http: 8080,
    grpc: 50_051,
    data: 7001,
    gossip: 7000,
    metrics: 2112,
    /** Raft, and calls to its leader. */
    raft: [8300, 8301],
  },
} as const

/** HTTP. */
export const weaviateAddress = ({ namespaces }: Pick<ClusterEnvironment, 'namespaces'>): Address =>
  addressAt(WEAVIATE.names.weaviate, namespaces.data, WEAVIATE.ports.http)

/** gRPC. */
export const weaviateGrpcAddress = ({ namespaces }: Pick<ClusterEnvironment, 'namespaces'>): Address =>
  addressAt(WEAVIATE.names.weaviate, namespaces.data, WEAVIATE.ports.grpc)
