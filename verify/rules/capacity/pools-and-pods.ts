import { idleTolerations, poolsFor } from '../../capacity/admission.ts'
import { joined, specPath } from '../../pod-template.ts'
import type { Rule } from '../../types.ts'

/** Tolerations that tolerate nothing: a misspelt taint, or one that the pool does not have. */
export const taintUnmatched: Rule = {
  id: 'taint-unmatched',
  severity: 'warning',
  about: 'Every toleration names a taint that some pool has.',
  check: (world) => {
    const { pools } = world.context
    if (pools === undefined) return []
    return world.pods.flatMap((group) => {
      const idle = idleTolerations(group.spec, pools)
      if (idle.length === 0) return []
      return [
        {
          on: group.owner,
          path: joined(specPath(group), 'tolerations'),
          says: `${group.name} tolerates ${idle.join(' and ')}, which no pool of nodes has as a taint.`,
          fix: 'Write the taint as the pool has it, or remove the toleration.',
        },
      ]
    })
  },
}

/** Pools that nothing asks for: what is meant for them may run anywhere, or they stand empty. The first open pool is for all. */
export const poolUnused: Rule = {
  id: 'pool-unused',
  severity: 'note',
  about: 'Every pool of nodes is asked for by some pod.',
  check: (world) => {
    const { pools = [] } = world.context
    const [first] = world.pods
    if (pools.length < 2 || first === undefined) return []
    const asked = new Set(
      world.pods
        .map((group) => poolsFor(group, pools))
        .flatMap((own) => (own.length === 1 ? (own[0]?.name ?? []) : [])),
    )
    const catchAll = pools.find(({ taints }) => taints.length === 0)
    return pools
      .filter((pool) => pool !== catchAll && !asked.has(pool.name))
      .map(({ name }) => ({
        on: first.owner,
        path: '',
        says: `No pod asks for the pool "${name}": what is meant for it runs on any node that has room, and its own nodes may stand empty.`,
        fix: 'Label and taint the pool, and let the pods that are meant for it select the label and tolerate the taint.',
      }))
  },
}
