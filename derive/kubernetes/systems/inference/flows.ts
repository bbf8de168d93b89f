import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Flow, type FlowPeer, tcp } from '../../flows/flow.ts'
import { podsIn } from '../../flows/peers.ts'
import { objectStoreFlows } from '../object-store/flows.ts'
import type { Cluster } from '../system.ts'
import { INFERENCE } from './names.ts'

/** The inference servers as an end of connections. */
export const inferencePeer = ({ namespaces }: ClusterEnvironment) =>
  podsIn(namespaces.apps)('inference', INFERENCE.pods.servers)

export const inferenceFlows = ({ environment }: Cluster): readonly Flow[] =>
  objectStoreFlows(environment, inferencePeer(environment), 'models are fetched before the server starts')

/** What a service that asks models opens. */
export const inferenceClientFlows = ({ environment }: Cluster, from: FlowPeer): readonly Flow[] => [
  tcp(from, inferencePeer(environment), [INFERENCE.ports.http], 'embeddings of works'),
]
