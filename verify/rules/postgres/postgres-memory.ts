import { bytesText, unitsOf } from '../../capacity/quantity.ts'
import type { Rule } from '../../types.ts'
import { objectOf, valueAt } from '../../values.ts'
import { type Cluster, clusters } from './clusters.ts'

const KIB = 1024
const units: Readonly<Record<string, number>> = { B: 1, kB: KIB, MB: KIB ** 2, GB: KIB ** 3, TB: KIB ** 4 }

/** Bytes of a memory setting; a bare number counts `unit` bytes. */
const bytesOf = (value: unknown, unit: number, fallback: number): number => {
  const match = /^(\d+)\s*(B|kB|MB|GB|TB)?$/.exec(String(value ?? '').trim())
  if (match === null) return fallback
  return Number(match[1]) * (units[match[2] ?? ''] ?? unit)
}

/** PostgreSQL's defaults for what is not set (postgresql.conf.sample). */
const workersOf = ({ parameters }: Cluster): number => Number(parameters.autovacuum_max_workers ?? 3)

/** What the settings allow PostgreSQL to use at once: one sort for each connection, and every autovacuum worker. */
export const memoryModel = (cluster: Cluster) => {
  const { parameters } = cluster
  const shared = bytesOf(parameters.shared_buffers, 8 * KIB, 128 * KIB ** 2)
  const connections = Number(parameters.max_connections ?? 100)
  const work = connections * bytesOf(parameters.work_mem, KIB, 4 * KIB ** 2)
  const maintenance = bytesOf(parameters.maintenance_work_mem, KIB, 64 * KIB ** 2)
  const vacuum = workersOf(cluster) * bytesOf(parameters.autovacuum_work_mem, KIB, maintenance)
  return { shared, work, vacuum, total: shared + work + vacuum }
}

/** Settings that may use more than the pod has. */
export const postgresMemoryOver: Rule = {
  id: 'postgres-memory-over',
  severity: 'warning',
  about: 'No PostgreSQL cluster has settings that allow it more memory than its pods request.',
  check: (world) =>
    clusters(world).flatMap((cluster) => {
      const { object, spec } = cluster
      const request = unitsOf(valueAt(spec, 'resources.requests.memory'))
      const limit = unitsOf(valueAt(spec, 'resources.limits.memory'))
      const { shared, work, vacuum, total } = memoryModel(cluster)
      if (request === 0 || total <= request) return []
      const sum = `shared_buffers ${bytesText(shared)}, work_mem of all connections ${bytesText(work)} and autovacuum ${bytesText(vacuum)}`
      const isOverLimit = limit > 0 && total > limit
      return [
        {
          on: object,
          path: 'spec.resources.requests.memory',
          ...(isOverLimit && { severity: 'error' as const }),
          says: isOverLimit
            ? `Under load the kernel will kill instances: ${sum} make ${bytesText(total)}, and a pod may use ${bytesText(limit)}.`
            : `Under load instances are the first to be evicted from a full node: ${sum} make ${bytesText(total)}, and ${bytesText(request)} are requested.`,
          fix: 'Request what the settings allow, or lower max_connections, work_mem or maintenance_work_mem.',
        },
      ]
    }),
}

/** CloudNativePG recommends the class Guaranteed for databases (resource_management.md). */
export const postgresQosBurstable: Rule = {
  id: 'postgres-qos-burstable',
  severity: 'warning',
  about: 'Every instance of a replicated PostgreSQL cluster requests as much as its limits.',
  check: (world) =>
    clusters(world)
      .filter(({ spec, instances }) => {
        const { requests, limits } = objectOf(spec.resources)
        const isEqual = (['cpu', 'memory'] as const).every((name) => {
          const limit = objectOf(limits)[name]
          return limit !== undefined && unitsOf(objectOf(requests)[name] ?? limit) === unitsOf(limit)
        })
        return instances > 1 && !isEqual
      })
      .map(({ object }) => ({
        on: object,
        path: 'spec.resources',
        says: 'Instances are among the first to be killed when a node runs out of memory: they request less than they may use.',
        fix: 'Make requests and limits the same.',
      })),
}
