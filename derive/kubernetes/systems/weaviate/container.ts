import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { containerSecurity, resourcesOf } from '../../parts/pod.ts'
import { objectStoreTrust } from '../object-store/trust.ts'
import { weaviatePorts, weaviateSettings } from './settings.ts'

/** The server. A fresh replica catches up with the others before it is alive; `live` and `ready` are different questions. */
export const weaviateContainer = (environment: ClusterEnvironment) => ({
  name: 'weaviate',
  image: environment.images.weaviate,
  imagePullPolicy: 'IfNotPresent' as const,
  args: ['--host', '0.0.0.0', '--port', String(weaviatePorts.http), '--scheme', 'http'],
  env: [
    { name: 'CLUSTER_HOSTNAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ...weaviateSettings(environment),
  ],
  ports: [
    { name: 'http', containerPort: weaviatePorts.http, protocol: 'TCP' as const },
    { name: 'grpc', containerPort: weaviatePorts.grpc, protocol: 'TCP' as const },
    { name: 'gossip', containerPort: weaviatePorts.gossip, protocol: 'TCP' as const },
    { name: 'gossip-udp', containerPort: weaviatePorts.gossip, protocol: 'UDP' as const },
    { name: 'data', containerPort: weaviatePorts.data, protocol: 'TCP' as const },
    { name: 'raft', containerPort: weaviatePorts.raft, protocol: 'TCP' as const },
    { name: 'raft-rpc', containerPort: weaviatePorts.raftRpc, protocol: 'TCP' as const },
    { name: 'metrics', containerPort: weaviatePorts.metrics, protocol: 'TCP' as const },
  ],
  startupProbe: { httpGet: { path: LIVE, port: 'http' }, periodSeconds: 10, failureThreshold: 60 },
  livenessProbe: { httpGet: { path: LIVE, port: 'http' }, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 30 },
  readinessProbe: { httpGet: { path: READY, port: 'http' }, periodSeconds: 10, timeoutSeconds: 3 },
  resources: resourcesOf(environment.weaviate.resources),
  securityContext: containerSecurity(),
  volumeMounts: [
    { name: 'weaviate-data', mountPath: '/var/lib/weaviate' },
    { name: 'tmp', mountPath: '/tmp' },
    ...objectStoreTrust(environment).mounts,
  ],
})

const LIVE = '/v1/.well-known/live'
const READY = '/v1/.well-known/ready'
