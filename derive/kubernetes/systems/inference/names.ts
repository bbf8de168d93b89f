import { type Address, addressAt } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'

/** What the inference servers and its pods are called, and the ports that they open. Operators make further names from these. */
export const INFERENCE = {
  names: {
    deployment: 'torchserve-inference',
    /** The Service in front of either backend. */
    service: 'torchserve',
  },
  /** Labels that select the pods of each kind, as they or their operators make them. */
  pods: {
    servers: { app: 'torchserve' },
  },
  ports: {
    http: 8080,
    metrics: 8082,
  },
} as const

/** The Open Inference Protocol v2, whichever backend answers. */
export const inferenceAddress = ({ namespaces }: Pick<ClusterEnvironment, 'namespaces'>): Address =>
  addressAt(INFERENCE.names.service, namespaces.apps, INFERENCE.ports.http)
