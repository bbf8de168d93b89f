import type { PlatformShape } from '@knowton/core'
import { edges, type RunRecord } from '@knowton/derive'
import type { PlatformStatus, TopicStatus } from './platform-status.ts'
import type { ChainReport } from './read-chain.ts'
import type { ServiceReport } from './read-service.ts'

/** What was asked of every part. */
export type Reports = {
  readonly run: RunRecord | undefined
  readonly services: readonly ServiceReport[]
  readonly chain: ChainReport
  readonly versions: PlatformStatus['versions']
  readonly asOf: Date
}

/** Puts what every part said of itself together. */
export const toPlatformStatus = (platform: PlatformShape, reports: Reports): PlatformStatus => {
  const { run, services, chain, versions, asOf } = reports
  const parked = services.flatMap((report) => report.parked)
  const topics = topicsOf(platform, services)
  const isSound =
    chain.status.state === 'answering' &&
    parked.length === 0 &&
    services.every(({ status }) => status.state === 'ready' && status.reasons.length === 0)
  return {
    name: platform.name,
    version: platform.version,
    environment: run?.environment,
    startedAt: run?.startedAt,
    asOf: asOf.toISOString(),
    state: run === undefined ? 'starting' : isSound ? 'healthy' : 'troubled',
    services: services.map(({ status }) => status),
    topics,
    parked,
    chain: chain.status,
    versions: { ...versions, anvil: chain.client?.replace(/^anvil\/v?/, '') },
  }
}

const topicsOf = (platform: PlatformShape, services: readonly ServiceReport[]): readonly TopicStatus[] => {
  const reportOf = new Map(services.map((report) => [report.status.name, report]))
  const logs = edges(platform).filter((edge) => edge.kind === 'event-log')
  return Object.values(platform.services).flatMap((publisher) =>
    Object.values(publisher.publishes).map((topic) => ({
      name: topic.name,
      publisher: publisher.name,
      events: reportOf.get(publisher.name)?.published.get(topic.name),
      consumers: logs
        .filter((edge) => edge.to === publisher.name && edge.topics.includes(topic.name))
        .map((edge) => {
          const consumer = reportOf.get(edge.from)?.consumers.find((one) => one.topic === topic.name)
          return { service: edge.from, lag: consumer?.lag, parkedKeys: consumer?.parkedKeys ?? 0 }
        }),
    })),
  )
}
