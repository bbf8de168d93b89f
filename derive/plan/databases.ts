import type { PlatformShape, ServiceShape } from '@knowton/core'
import { edges } from '../edges.ts'

/** The group role that may read the `events` schema of any publisher's database. */
export const EVENT_READERS = 'knowton_event_readers'

/** One service's own database on the PostgreSQL server. */
export type DatabasePlan = {
  readonly service: string
  readonly database: string
  /** Owns the database; nobody else can write to it. */
  readonly role: string
  /** Roles that may connect besides the owner, to read its event log: they are in the group `EVENT_READERS`. */
  readonly readers: readonly string[]
}

/** The database, role and readers of each service that keeps state in PostgreSQL. */
export const databasePlans = (platform: PlatformShape): readonly DatabasePlan[] => {
  const logs = edges(platform).filter((edge) => edge.kind === 'event-log')
  return Object.values(platform.services)
    .filter(keepsRows)
    .map(({ name }) => ({
      service: name,
      database: databaseName(name),
      role: databaseName(name),
      readers: logs.filter((edge) => edge.to === name && edge.from !== name).map((edge) => databaseName(edge.from)),
    }))
}

/** `creator-service` → `creator_service`, the name of both its database and its role. */
export const databaseName = (service: string): string => service.replaceAll('-', '_')

const keepsRows = (service: ServiceShape): boolean =>
  Object.values(service.stores).some((store) => store.kind === 'postgres')
