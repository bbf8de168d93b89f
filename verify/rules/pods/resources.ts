import { parseQuantity } from '../../capacity/quantity.ts'
import { containersOf, joined, type PodContainer } from '../../pod-template.ts'
import type { JsonObject, PodGroup, Rule } from '../../types.ts'
import { objectAt, objectOf } from '../../values.ts'

/**
 * Custom resources that say alone what their pods ask for: their operators add nothing of their own
 * (CloudNativePG, Strimzi, Altinity, OT's Redis, Prometheus).
 */
const sizedByFiles = new Set([
  'Cluster',
  'Kafka',
  'KafkaNodePool',
  'ClickHouseInstallation',
  'ClickHouseKeeperInstallation',
  'RedisCluster',
  'RedisReplication',
  'Redis',
  'Prometheus',
])

const isJudged = ({ modelled, owner }: PodGroup): boolean => !modelled || sizedByFiles.has(owner.ref.kind)

const wanted = [
  ['requests', 'cpu', 'warning', 'is starved of CPU by its neighbours'],
  ['requests', 'memory', 'warning', 'is put on a node without room for it'],
  ['limits', 'memory', 'warning', 'can take all memory of its node and with it its neighbours'],
  ['limits', 'cpu', 'note', 'can take all CPU that its neighbours leave'],
  ['requests', 'ephemeral-storage', 'note', 'is put on a node whose disk is full'],
  ['limits', 'ephemeral-storage', 'note', 'can fill the disk of its node'],
] as const

const missing = (spec: JsonObject, severity: 'warning' | 'note') =>
  wanted.filter(([part, name, grade]) => {
    const own = objectOf(objectOf(spec.resources)[part])
    const given = own[name] ?? (part === 'requests' ? objectAt(spec, 'resources.limits')[name] : undefined)
    return grade === severity && given === undefined
  })

const foundIn = (group: PodGroup, { name, path, spec }: PodContainer) =>
  (['warning', 'note'] as const).flatMap((severity) => {
    const lacking = missing(spec, severity)
    if (lacking.length === 0 || (group.modelled && severity === 'note')) return []
    return [
      {
        on: group.owner,
        path: group.modelled ? path : joined(path, 'resources'),
        severity,
        says: `The container "${name}" ${[...new Set(lacking.map(([, , , says]) => says))].join(' and ')}.`,
        fix: `Set resources.${lacking.map(([part, resource]) => `${part}.${resource}`).join(', resources.')}.`,
      },
    ]
  })

/** Containers that do not say what they need or may take. */
export const resourcesMissing: Rule = {
  id: 'resources-missing',
  severity: 'warning',
  about: 'Every container requests CPU and memory and is limited.',
  check: (world) =>
    world.pods
      .filter((group) => isJudged(group) && objectOf(group.spec.resources).requests === undefined)
      .flatMap((group) => containersOf(group).flatMap((container) => foundIn(group, container))),
}

/** Containers that ask for more than they may have; the API server refuses their pods. */
export const limitBelowRequest: Rule = {
  id: 'limit-below-request',
  severity: 'error',
  about: 'No limit is below its request.',
  check: (world) =>
    world.pods.flatMap((group) =>
      containersOf(group).flatMap(({ name, path, spec }) => {
        const { requests, limits } = objectOf(spec.resources)
        return Object.entries(objectOf(requests)).flatMap(([resource, request]) => {
          const limit = parseQuantity(objectOf(limits)[resource])
          const asked = parseQuantity(request)
          if (limit === undefined || asked === undefined || asked <= limit) return []
          return [
            {
              on: group.owner,
              path: group.modelled ? path : joined(path, `resources.limits.${resource}`),
              says: `The API server refuses the pods of ${group.name}: "${name}" requests ${request} of ${resource} and may have ${objectOf(limits)[resource]}.`,
              fix: 'Raise the limit to the request or above.',
            },
          ]
        })
      }),
    ),
}
