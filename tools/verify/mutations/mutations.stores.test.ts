import { components } from '@knowton/derive'
import { clusters } from '@knowton/infra'
import { platform } from '@knowton/system'
import { expect, test } from 'vitest'
import { contextOf } from '../context.ts'
import { platformMutations } from './platform-mutations.ts'
import { systemMutations } from './system-mutations.ts'
import { trialsOf } from './trials.ts'
import { workloadMutations } from './workload-mutations.ts'

/** Objects of one kind that a mutation is tried on; more of the same take long and find the same. */
const EACH = 3
const today = new Date('2026-11-23T00:00:00Z')

const objects = components(platform, clusters.production).flatMap(({ files }) => Object.values(files).flat())
const mutations = [...workloadMutations, ...platformMutations, ...systemMutations]
const trials = trialsOf(objects, contextOf(platform, clusters.production, today), mutations, EACH)

test.each(mutations)('production has an object for: $name', (mutation) => {
  expect(objects.some(mutation.fits)).toBe(true)
})

test.each(trials)('$mutation.caughtBy finds that $mutation.name: $target', ({ mutation, foundBy }) => {
  expect([...foundBy()]).toContain(mutation.caughtBy)
})
