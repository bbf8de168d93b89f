import { hostUsesOf } from '../../model/hosts.ts'
import { labelSelector } from '../../model/selector.ts'
import { podPortOf, servicesOf } from '../../model/services.ts'
import type { Loaded, PodGroup, Protocol, World } from '../../types.ts'
import { reads, scrapesOf } from '../references/monitors.ts'
import { titleOf } from '../references/reference.ts'

/** A connection that the set itself needs, with where it says so. */
export type Implied = {
  readonly on: Loaded
  readonly path: string
  /** Undefined = somebody outside the cluster. */
  readonly from: PodGroup | undefined
  readonly to: PodGroup
  readonly port: number
  readonly protocol: Protocol
  readonly why: string
}

/** Connections that addresses in settings, Services for the outside, monitors and clustered stores imply. */
export const impliedFlows = (world: World): readonly Implied[] => [
  ...byAddress(world),
  ...fromOutside(world),
  ...byMonitor(world),
  ...amongPeers(world),
]

const byAddress = (world: World): readonly Implied[] =>
  hostUsesOf(world).flatMap(({ on, path, host, port, target, by }) => {
    const service = servicesOf(world).find(target.namespace, target.service)
    if (service === undefined || port === undefined) return []
    const servicePort = service.ports.find((one) => one.port === port)
    return service.pods.flatMap((to) => {
      const number = service.isHeadless ? port : servicePort && podPortOf(to, servicePort.targetPort)
      return number === undefined
        ? []
        : by.map((from) => ({ on, path, from, to, port: number, protocol: 'TCP' as const, why: `it calls ${host}` }))
    })
  })

const fromOutside = (world: World): readonly Implied[] =>
  servicesOf(world)
    .all.filter(({ type, isModelled }) => !isModelled && (type === 'LoadBalancer' || type === 'NodePort'))
    .flatMap(({ object, ports, pods, type }) =>
      pods.flatMap((to) =>
        ports.flatMap(({ targetPort, protocol }, index) => {
          const port = podPortOf(to, targetPort)
          return port === undefined
            ? []
            : [
                {
                  ...{ on: object, path: `spec.ports[${index}]`, from: undefined, to, port, protocol },
                  why: `the Service is of type ${type}`,
                },
              ]
        }),
      ),
    )

const byMonitor = (world: World): readonly Implied[] => {
  const servers = world.pods.filter(({ owner }) => owner.ref.kind === 'Prometheus')
  return scrapesOf(world).flatMap(({ monitor, path, group, port }) =>
    servers
      .filter(({ owner }) => reads(world, owner, monitor))
      .map((from) => ({
        ...{ on: monitor, path, from, to: group, port, protocol: 'TCP' as const },
        why: `${titleOf(monitor)} has it scraped`,
      })),
  )
}

type Need = {
  readonly kind: string
  /** Labels of the pods that call, and of those that are called, within one object. */
  readonly from: Readonly<Record<string, string>>
  readonly to: Readonly<Record<string, string>>
  readonly ports: readonly number[]
  readonly why: string
}

/** What the members of clustered stores need of one another, from their operators' documentation. */
const needs: readonly Need[] = [
  {
    kind: 'Cluster',
    from: { 'cnpg.io/podRole': 'instance' },
    to: { 'cnpg.io/podRole': 'instance' },
    ports: [5432],
    why: 'replicas stream from the primary',
  },
  { kind: 'RedisCluster', from: {}, to: {}, ports: [6379, 16379], why: 'the nodes of a Redis Cluster gossip' },
  { kind: 'RedisReplication', from: {}, to: {}, ports: [6379], why: 'replicas follow the one that is written to' },
  {
    kind: 'Kafka',
    from: { 'strimzi.io/component-type': 'kafka' },
    to: { 'strimzi.io/component-type': 'kafka' },
    ports: [9090, 9091],
    why: 'brokers and controllers replicate',
  },
  { kind: 'ClickHouseKeeperInstallation', from: {}, to: {}, ports: [9444], why: 'keepers vote' },
  { kind: 'ClickHouseInstallation', from: {}, to: {}, ports: [9009, 9010], why: 'replicas fetch parts' },
  { kind: 'Alertmanager', from: {}, to: {}, ports: [9094], why: 'replicas share what they have sent' },
]

const amongPeers = (world: World): readonly Implied[] =>
  needs.flatMap(({ kind, from, to, ports, why }) => {
    const groups = world.pods.filter((group) => group.modelled && ofKind(world, group, kind))
    const starts = groups.filter(({ labels }) => labelSelector({ matchLabels: from })(labels))
    return starts.flatMap((one) =>
      groups
        .filter(({ labels, namespace }) => labelSelector({ matchLabels: to })(labels) && namespace === one.namespace)
        .filter((other) => clusterOf(other) === clusterOf(one) && (other !== one || one.replicas.count > 1))
        .flatMap((other) =>
          ports
            .filter((port) => other.ports.some((listening) => listening.port === port && listening.protocol === 'TCP'))
            .map((port) => ({
              ...{ on: one.owner, path: one.path, from: one, to: other, port, protocol: 'TCP' as const, why },
            })),
        ),
    )
  })

const ofKind = (world: World, { owner, labels }: PodGroup, kind: string): boolean =>
  owner.ref.kind === kind ||
  (kind === 'Kafka' &&
    owner.ref.kind === 'KafkaNodePool' &&
    world.exists('Kafka', owner.ref.namespace, labels['strimzi.io/cluster'] ?? ''))

/** Pods of one cluster, whichever object sizes them. */
const clusterOf = ({ owner, labels }: PodGroup): string => labels['strimzi.io/cluster'] ?? owner.ref.name
