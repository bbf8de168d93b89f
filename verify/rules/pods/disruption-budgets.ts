import { selects } from '../../model/selector.ts'
import type { Loaded, PodGroup, Rule, World } from '../../types.ts'
import { objectOf } from '../../values.ts'
import { servingGroups } from './workloads.ts'

/** Pods of an operator that gives them no budget of its own: the poolers of CloudNativePG. */
const isLeftToUs = ({ modelled, owner }: PodGroup): boolean => modelled && owner.ref.kind === 'Pooler'

const budgetsOf = (world: World, group: PodGroup): readonly Loaded[] =>
  world
    .ofKind('PodDisruptionBudget', 'policy')
    .filter(
      ({ ref, manifest }) =>
        ref.namespace === group.namespace && selects(objectOf(manifest.spec).selector, group.labels),
    )

/** Workloads of several pods that a drain may empty at once. */
export const disruptionBudgetMissing: Rule = {
  id: 'disruption-budget-missing',
  severity: 'warning',
  about: 'Every workload of two pods or more has a PodDisruptionBudget.',
  check: (world) =>
    [...servingGroups(world), ...world.pods.filter(isLeftToUs)]
      .filter((group) => group.replicas.count > 1 && budgetsOf(world, group).length === 0)
      .map((group) => ({
        on: group.owner,
        path: 'spec.replicas',
        says: `An upgrade of the nodes may evict all ${group.replicas.count} pods of ${group.name} at once.`,
        fix: 'Add a PodDisruptionBudget with maxUnavailable: 1.',
      })),
}

const percent = (value: string): number | undefined => {
  const match = /^(\d+)%$/.exec(value)
  return match?.[1] === undefined ? undefined : Number(match[1]) / 100
}

/** A count or a share of `pods`, rounded up as the disruption controller does. */
const countOf = (value: unknown, pods: number): number | undefined => {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  const share = percent(value)
  return share === undefined ? undefined : Math.ceil(share * pods)
}

/** How many of `pods` a budget lets go at once; undefined when it does not say. */
const allowed = (budget: Loaded, pods: number): number | undefined => {
  const spec = objectOf(budget.manifest.spec)
  const unavailable = countOf(spec.maxUnavailable, pods)
  if (unavailable !== undefined) return unavailable
  const available = countOf(spec.minAvailable, pods)
  return available === undefined ? undefined : pods - available
}

const field = (budget: Loaded): string =>
  objectOf(budget.manifest.spec).maxUnavailable === undefined ? 'spec.minAvailable' : 'spec.maxUnavailable'

/** Budgets under which a node can never be drained. */
export const disruptionBudgetBlocks: Rule = {
  id: 'disruption-budget-blocks',
  severity: 'error',
  about: 'Every PodDisruptionBudget lets at least one pod go.',
  check: (world) =>
    world.ofKind('PodDisruptionBudget', 'policy').flatMap((budget) => {
      const groups = world.pods.filter(
        ({ namespace, labels }) =>
          namespace === budget.ref.namespace && selects(objectOf(budget.manifest.spec).selector, labels),
      )
      const pods = groups.reduce((sum, { replicas }) => sum + replicas.count, 0)
      if (pods === 0 || (allowed(budget, pods) ?? 1) > 0) return []
      return [
        {
          on: budget,
          path: field(budget),
          severity: pods === 1 ? ('warning' as const) : ('error' as const),
          says:
            pods === 1
              ? `A drain waits for ever for the one pod of ${groups[0]?.name}: somebody must delete it by hand.`
              : `A drain of a node waits for ever: none of the ${pods} pods may go.`,
          fix: 'Set maxUnavailable: 1, or minAvailable below the number of pods.',
        },
      ]
    }),
}

/** Pods of two budgets; the eviction API serves only pods of one. */
export const disruptionBudgetsOverlap: Rule = {
  id: 'disruption-budgets-overlap',
  severity: 'error',
  about: 'No pod belongs to two PodDisruptionBudgets.',
  check: (world) =>
    world.pods.flatMap((group) => {
      const [first, second] = budgetsOf(world, group)
      if (first === undefined || second === undefined) return []
      return [
        {
          on: second,
          path: 'spec.selector',
          says: `A drain fails at the pods of ${group.name}: the eviction API refuses pods of two budgets ("${first.ref.name}" and "${second.ref.name}").`,
          fix: 'Narrow one selector, or remove one of the two.',
        },
      ]
    }),
}
