import { components } from '@knowton/derive'
import { clusters } from '@knowton/infra'
import { platform } from '@knowton/system'
import { expect, test } from 'vitest'
import { contextOf } from '../context.ts'
import { platformMutations } from './platform-mutations.ts'
import { systemMutations } from './system-mutations.ts'
import { tryMutations } from './try-mutations.ts'
import { workloadMutations } from './workload-mutations.ts'

/** Objects of one kind that a mutation is tried on; more of the same take long and find the same. */
const EACH = 3
const today = new Date('2026-11-23T00:00:00Z')

test('of all the ways to break production, at least 95 in 100 are caught', () => {
  const objects = components(platform, clusters.production).flatMap(({ files }) => Object.values(files).flat())
  const mutations = [...workloadMutations, ...platformMutations, ...systemMutations]
  const context = contextOf(platform, clusters.production, today)
  for (const mutation of mutations) expect(objects.some(mutation.fits), mutation.name).toBe(true)
  const { tried, missed } = tryMutations(objects, context, mutations, EACH)
  console.log(
    `${tried - missed.length} of ${tried} mutations were caught${missed.map((each) => `\n  missed ${each}`).join('')}`,
  )
  expect(missed.length / tried).toBeLessThanOrEqual(0.05)
})
