import { poolsFor, unmetLabels, untolerated } from '../../capacity/admission.ts'
import { fits, none, requestsOf } from '../../capacity/needs.ts'
import { bytesText, cpuText } from '../../capacity/quantity.ts'
import { specPath } from '../../pod-template.ts'
import type { NodePool, PodGroup, Rule } from '../../types.ts'

type Words = { readonly says: string; readonly fix: string }

const names = (pools: readonly NodePool[]): string => pools.map(({ name }) => `"${name}"`).join(', ')

const forLabels = (group: PodGroup, pools: readonly NodePool[]): Words => {
  const missing = [...new Set(pools.flatMap((pool) => unmetLabels(group.spec, pool)))]
  const tainted = pools.find(({ taints }) => taints.some(({ key, value }) => missing.includes(`${key}=${value}`)))
  return {
    says: `The pods of ${group.name} stay Pending: no pool of nodes has the label ${missing.join(' and ')}${tainted === undefined ? '' : `; "${tainted.name}" has a taint of that name, which is no label`}.`,
    fix: 'Give the nodes of the pool that is meant this label, or select a label that they have.',
  }
}

const forTaints = (group: PodGroup, pools: readonly NodePool[]): Words => ({
  says: `The pods of ${group.name} stay Pending: they do not tolerate ${[
    ...new Set(
      pools.flatMap((pool) =>
        untolerated(group.spec, pool).map(({ key, value, effect }) => `${key}=${value}:${effect}`),
      ),
    ),
  ].join(' and ')} of ${names(pools)}.`,
  fix: 'Add tolerations for these taints.',
})

const forSize = (group: PodGroup, pools: readonly NodePool[]): Words | undefined => {
  const needs = requestsOf(group.spec)
  const known = pools.flatMap(({ allocatable }) => (allocatable === undefined ? [] : [allocatable]))
  if (known.length < pools.length || known.some((room) => fits(needs, none, room))) return undefined
  const most = (of: (room: (typeof known)[number]) => number) => Math.max(...known.map(of))
  const over = [
    ...(needs.cpuMillis > most((room) => room.cpuMillis)
      ? [`${cpuText(needs.cpuMillis)} of at most ${cpuText(most((room) => room.cpuMillis))}`]
      : []),
    ...(needs.memoryBytes > most((room) => room.memoryBytes)
      ? [`${bytesText(needs.memoryBytes)} of at most ${bytesText(most((room) => room.memoryBytes))}`]
      : []),
    ...(needs.gpus > most((room) => room.gpus) ? [`${needs.gpus} GPU(s) of at most ${most((room) => room.gpus)}`] : []),
  ]
  return {
    says: `The pods of ${group.name} stay Pending: one pod requests more than an empty node of ${names(pools)} has for pods (${over.join(', ') || 'CPU and memory on no node together'}).`,
    fix: 'Lower the requests, or take larger nodes.',
  }
}

const wordsFor = (group: PodGroup, pools: readonly NodePool[]): Words | undefined => {
  const labelled = pools.filter((pool) => unmetLabels(group.spec, pool).length === 0)
  if (labelled.length === 0) return forLabels(group, pools)
  const open = poolsFor(group, labelled)
  return open.length === 0 ? forTaints(group, labelled) : forSize(group, open)
}

/** Pods that no node of any pool can ever take. */
export const podUnschedulable: Rule = {
  id: 'pod-unschedulable',
  severity: 'error',
  about: 'Every pod fits the labels, taints and size of some pool of nodes.',
  check: (world) => {
    const { pools } = world.context
    if (pools === undefined || pools.length === 0) return []
    return world.pods.flatMap((group) => {
      const words = wordsFor(group, pools)
      return words === undefined ? [] : [{ on: group.owner, path: specPath(group), ...words }]
    })
  },
}
