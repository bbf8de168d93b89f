import type { ClusterEnvironment } from '../cluster-environment.ts'
import { podLabels, servicePodLabels } from '../names.ts'
import { type Flow, type FlowPeer, tcp } from './flow.ts'

type PodsPeer = Extract<FlowPeer, { kind: 'pods' }>

/** Where the operators run. The label of an operator's pods differs between its chart and its manifest, so a whole namespace is named. */
export const operatorNamespaces = {
  postgres: 'cnpg-system',
  kafka: 'strimzi-system',
  clickhouse: 'clickhouse-system',
  redis: 'redis-system',
  keda: 'keda',
  certificates: 'cert-manager',
  secrets: 'external-secrets',
  prometheus: 'prometheus-operator',
  delivery: 'argocd',
  gpu: 'gpu-operator',
  /** What counts the objects of the cluster. */
  metrics: 'kube-metrics',
  /** The node exporters, which read the file systems of nodes. */
  nodeMetrics: 'node-metrics',
} as const

/** Addresses that never belong to the internet (RFC 6890): private, shared, link-local, loopback. */
export const notPublic = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
] as const

/** Every end of a connection that is neither a declared service nor a system of ours. */
export const outside = ({ namespaces, network }: ClusterEnvironment) =>
  ({
    migrations: podsIn(namespaces.apps)('migrations', podLabels.migrations),
    dns: podsIn('kube-system')('cluster DNS', { 'k8s-app': 'kube-dns' }),
    nodes: addresses('nodes', [network.nodes]),
    apiServer: addresses('Kubernetes API', [network.apiServer.cidr]),
    chainRpc:
      network.chainRpc === 'public'
        ? addresses('chain RPC', ['0.0.0.0/0'], notPublic)
        : addresses('chain RPC', [network.chainRpc.cidr]),
    internet: addresses('public HTTPS', ['0.0.0.0/0'], notPublic),
    world: addresses('the world', ['0.0.0.0/0', '::/0']),
    googleMetadata: addresses('metadata server', ['169.254.169.252/32', '169.254.169.254/32']),
  }) as const

/** The pods of a declared service. */
export const servicePeer = ({ namespaces }: ClusterEnvironment, service: string): PodsPeer =>
  podsIn(namespaces.apps)(service, servicePodLabels(service))

/** Every pod of a namespace. */
export const namespacePeer = (namespace: string, name: string): PodsPeer => podsIn(namespace)(name, {})

/** Pods of a namespace by what people and policies call them, and the labels that select them. */
export const podsIn =
  (namespace: string) =>
  (name: string, labels: Readonly<Record<string, string>>): PodsPeer => ({ kind: 'pods', name, namespace, labels })

const addresses = (name: string, cidrs: readonly string[], except: readonly string[] = []): FlowPeer => ({
  kind: 'addresses',
  name,
  cidrs,
  except,
})

/** What a pod that reads or reports the state of the cluster opens. */
export const toApiServer = (environment: ClusterEnvironment, from: FlowPeer, why: string): Flow =>
  tcp(from, outside(environment).apiServer, [environment.network.apiServer.port], why)
