import type { PlatformShape, ServiceShape } from '@knowton/core'
import { edges } from '../edges.ts'

/** Publishers before their readers; where topics go both ways, the one declared first. */
export const startOrder = (platform: PlatformShape): readonly ServiceShape[] => {
  const logs = edges(platform).filter((edge) => edge.kind === 'event-log')
  const publishersOf = (service: ServiceShape): readonly string[] =>
    logs.filter((edge) => edge.from === service.name && edge.to !== service.name).map((edge) => edge.to)
  const next = (waiting: readonly ServiceShape[]): readonly ServiceShape[] => {
    const isFree = (service: ServiceShape) =>
      publishersOf(service).every((publisher) => waiting.every(({ name }) => name !== publisher))
    const chosen = waiting.find(isFree) ?? waiting[0]
    return chosen === undefined ? [] : [chosen, ...next(waiting.filter((service) => service !== chosen))]
  }
  return next(Object.values(platform.services))
}
