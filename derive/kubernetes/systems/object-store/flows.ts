import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Flow, type FlowPeer, tcp } from '../../flows/flow.ts'
import { outside, podsIn } from '../../flows/peers.ts'
import { ports } from '../../flows/ports.ts'
import { runsObjectStore } from './access.ts'
import { OBJECT_STORE } from './names.ts'

/**
 * What a pod opens to reach the object store: the one inside the cluster; or one with keys of its own; or the cloud's,
 * and with it whatever gives the pod its identity (AWS STS and Microsoft's login answer on public HTTPS as the store
 * does, Google's metadata server on the node).
 */
export const objectStoreFlows = (environment: ClusterEnvironment, from: FlowPeer, why: string): readonly Flow[] => {
  const { endpoint } = environment.objectStore
  if (endpoint === undefined) {
    return [
      tcp(from, outside(environment).internet, [ports.https], why),
      ...(environment.cloud.kind === 'gke'
        ? [tcp(from, outside(environment).googleMetadata, [80, 988], 'its identity in the cloud')]
        : []),
    ]
  }
  const to = runsObjectStore(environment)
    ? podsIn(environment.namespaces.data)('object-store', OBJECT_STORE.pods.server)
    : outside(environment).internet
  return [tcp(from, to, [portOf(endpoint)], why)]
}

const portOf = (url: string): number => {
  const { port, protocol } = new URL(url)
  if (port !== '') return Number(port)
  return protocol === 'https:' ? 443 : 80
}
