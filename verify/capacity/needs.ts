import type { JsonObject } from '../types.ts'
import { objectAt, objectOf, objectsOf } from '../values.ts'
import { millisOf, unitsOf } from './quantity.ts'

/** What one pod takes of a node, or what a node has for pods. */
export type Needs = { readonly cpuMillis: number; readonly memoryBytes: number; readonly gpus: number }

/** Nothing. */
export const none: Needs = { cpuMillis: 0, memoryBytes: 0, gpus: 0 }

/** Both together. */
export const plus = (a: Needs, b: Needs): Needs => ({
  cpuMillis: a.cpuMillis + b.cpuMillis,
  memoryBytes: a.memoryBytes + b.memoryBytes,
  gpus: a.gpus + b.gpus,
})

/** `count` times. */
export const times = (a: Needs, count: number): Needs => ({
  cpuMillis: a.cpuMillis * count,
  memoryBytes: a.memoryBytes * count,
  gpus: a.gpus * count,
})

/** Whether `a` fits into what is left after `taken`. */
export const fits = (a: Needs, taken: Needs, room: Needs): boolean =>
  a.cpuMillis + taken.cpuMillis <= room.cpuMillis &&
  a.memoryBytes + taken.memoryBytes <= room.memoryBytes &&
  a.gpus + taken.gpus <= room.gpus

const larger = (a: Needs, b: Needs): Needs => ({
  cpuMillis: Math.max(a.cpuMillis, b.cpuMillis),
  memoryBytes: Math.max(a.memoryBytes, b.memoryBytes),
  gpus: Math.max(a.gpus, b.gpus),
})

const isGpu = (resource: string): boolean => /^(nvidia|amd)\.com\/gpu$/.test(resource)

const needsIn = (resources: JsonObject): Needs => ({
  cpuMillis: millisOf(resources.cpu),
  memoryBytes: unitsOf(resources.memory),
  gpus: Object.keys(resources)
    .filter(isGpu)
    .reduce((sum, key) => sum + unitsOf(resources[key]), 0),
})

/** What a container asks for: its requests, and its limits where it has only those. */
const requested = (container: JsonObject): Needs => {
  const { requests, limits } = objectOf(container.resources)
  return needsIn({ ...objectOf(limits), ...objectOf(requests) })
}

const limited = (container: JsonObject): Needs => needsIn(objectAt(container, 'resources.limits'))

/**
 * What a pod takes: the sum of what stays, or more while a preparing container runs beside the sidecars before it
 * (component-helpers, resource.PodRequests); resources of the pod itself come before those of its containers.
 */
const total = (spec: JsonObject, of: (container: JsonObject) => Needs): Needs => {
  let sidecars = none
  let preparing = none
  for (const container of objectsOf(spec.initContainers)) {
    if (container.restartPolicy === 'Always') sidecars = plus(sidecars, of(container))
    else preparing = larger(preparing, plus(sidecars, of(container)))
  }
  const staying = objectsOf(spec.containers).map(of).reduce(plus, sidecars)
  const own = of(spec)
  const inner = larger(staying, preparing)
  return plus(
    {
      cpuMillis: own.cpuMillis || inner.cpuMillis,
      memoryBytes: own.memoryBytes || inner.memoryBytes,
      gpus: inner.gpus,
    },
    needsIn(objectOf(spec.overhead)),
  )
}

/** What the scheduler sets aside for one pod. */
export const requestsOf = (spec: JsonObject): Needs => total(spec, requested)

/** What one pod may take at most; 0 where a container has no limit. */
export const limitsOf = (spec: JsonObject): Needs => total(spec, limited)
