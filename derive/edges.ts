import {
  type ClientSystem,
  clientSystemNames,
  clientSystems,
  type PlatformShape,
  type ServiceShape,
  type StoreKind,
  type TopicShape,
} from '@knowton/core'

/** One connection that a process of the platform may open. */
export type Edge =
  | { readonly kind: 'http'; readonly from: 'gateway'; readonly to: string }
  | { readonly kind: 'store'; readonly from: string; readonly to: string; readonly store: StoreKind }
  | { readonly kind: 'event-log'; readonly from: string; readonly to: string; readonly topics: readonly string[] }
  | { readonly kind: 'chain'; readonly from: string }
  /** Only in a cluster: one machine has no such system, and does without it. */
  | { readonly kind: 'system'; readonly from: string; readonly to: ClientSystem }

/** Every connection the platform may open: policies, grants and local wiring are views of this list. */
export const edges = (platform: PlatformShape): readonly Edge[] =>
  Object.values(platform.services).flatMap((service) => [
    ...(Object.values(service.routes).some((route) => route.access !== 'internal')
      ? [{ kind: 'http', from: 'gateway', to: service.name } as const]
      : []),
    ...Object.entries(service.stores).map(([name, store]) => ({
      kind: 'store' as const,
      from: service.name,
      to: `${service.name}/${name}`,
      store: store.kind,
    })),
    ...logsReadBy(platform, service),
    ...(service.chain ? [{ kind: 'chain', from: service.name } as const] : []),
    ...systemsOf(service).map((to) => ({ kind: 'system' as const, from: service.name, to })),
  ])

/** The systems of a cluster that a service reaches besides its stores. */
export const systemsOf = (service: ServiceShape): readonly ClientSystem[] =>
  clientSystemNames.filter((system) => clientSystems[system].usedBy(service))

/** True for services with a store of that kind. */
export const hasStore =
  (kind: StoreKind) =>
  ({ stores }: ServiceShape): boolean =>
    Object.values(stores).some((store) => store.kind === kind)

/** The service whose event log holds `topic`; undefined when nobody publishes it. */
export const publisherOf = (platform: PlatformShape, topic: TopicShape): ServiceShape | undefined =>
  Object.values(platform.services).find((service) => topicNames(service.publishes).includes(topic.name))

/** The names of a record of topics, in declared order. */
export const topicNames = (topics: Readonly<Record<string, TopicShape>>): readonly string[] =>
  Object.values(topics).map((topic) => topic.name)

const logsReadBy = (platform: PlatformShape, consumer: ServiceShape): readonly Edge[] =>
  Object.values(platform.services).flatMap((publisher): readonly Edge[] => {
    const published = topicNames(publisher.publishes)
    const topics = topicNames(consumer.consumes).filter((name) => published.includes(name))
    return topics.length === 0 ? [] : [{ kind: 'event-log', from: consumer.name, to: publisher.name, topics }]
  })
