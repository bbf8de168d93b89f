import { baselineOnly, shared } from './baseline.ts'
import type { Control, PodView, Violation } from './pod-view.ts'
import { restrictedOnly } from './restricted.ts'

/** The levels that refuse anything. */
export const levels = ['baseline', 'restricted'] as const
export type Level = (typeof levels)[number]

/** Every control by level; `restricted` replaces some of the other by stricter ones. */
export const controls: Readonly<Record<Level, readonly Control[]>> = {
  baseline: [...shared, ...baselineOnly],
  restricted: [...shared, ...restrictedOnly],
}

/**
 * Why a pod is refused at a level of the Pod Security Standards of version 1.`minor`; empty when it is admitted.
 * The controls are those of kubernetes/pod-security-admission, policy/check_*.go.
 */
export const violationsOf = (pod: PodView, level: Level, minor: number): readonly Violation[] =>
  controls[level].flatMap(({ check }) => check(pod, minor))
