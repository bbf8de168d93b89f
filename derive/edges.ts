import type { Need, PlatformShape, ServiceShape, StoreKind, TopicShape } from '@knowton/core'

/** One connection that a process of the platform may open. */
export type Edge =
  | { readonly kind: 'http'; readonly from: 'gateway'; readonly to: string }
  | { readonly kind: 'store'; readonly from: string; readonly to: string; readonly store: StoreKind }
  | { readonly kind: 'event-log'; readonly from: string; readonly to: string; readonly topics: readonly string[] }
  | { readonly kind: 'chain'; readonly from: string }
  /** Only in a cluster: one machine has no such system, and does without it. */
  | { readonly kind: 'system'; readonly from: string; readonly to: System }

/** A system of a cluster that no store of a service stands for. */
export type System = 'kafka' | 'redis' | 'weaviate' | 'inference'

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

/** The systems of a cluster that a service reaches: Kafka when it speaks or hears, and what it needs. */
export const systemsOf = (service: ServiceShape): readonly System[] => [
  ...(Object.keys({ ...service.publishes, ...service.consumes }).length > 0 ? (['kafka'] as const) : []),
  ...service.needs.map((need) => systemFor[need]),
]

const systemFor = { cache: 'redis', vectors: 'weaviate', inference: 'inference' } as const satisfies Readonly<
  Record<Need, System>
>

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
