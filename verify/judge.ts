import { inOrder, verify } from './engine.ts'
import type { Loading } from './load/loading.ts'
import { applySuppressions, type Outcome } from './suppress/apply-suppressions.ts'
import { annotatedSuppressions } from './suppress/read-suppressions.ts'
import type { Suppressions } from './suppress/suppression.ts'
import type { Context, Finding, Rule } from './types.ts'
import { createWorld } from './world.ts'

/** Several sets with what each is meant for. */
export type Judged = { readonly loading: Loading; readonly context: Context }

const keyOf = ({ rule, object, source, path, says }: Finding) => JSON.stringify([rule, object, source, path, says])

const withoutRepeats = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [keyOf(finding), finding])).values(),
]

/** Judges every set by `rules` and takes out what is suppressed, in annotations or by `given`. */
export const judge = (sets: readonly Judged[], rules: readonly Rule[], given: Suppressions, today: Date): Outcome => {
  const found = sets.flatMap(({ loading, context }) => {
    const pools = context.pools ?? loading.pools
    return [...loading.findings, ...verify(createWorld(loading, { ...context, pools }), rules)]
  })
  const annotated = annotatedSuppressions(sets.flatMap(({ loading }) => loading.objects))
  const suppressions = {
    valid: [...annotated.valid, ...given.valid],
    invalid: [...annotated.invalid, ...given.invalid],
  }
  const { findings, suppressed } = applySuppressions(withoutRepeats(found), suppressions, today)
  return { findings: inOrder(findings), suppressed }
}
