import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { gracePeriodShort, jobDeadlineMissing, jobTtlMissing } from './lifetimes.ts'

test.each(['preStop: { sleep: { seconds: 30 } }', 'preStop: { exec: { command: [sh, -c, "sleep 45 && kill 1"] } }'])(
  'a hook that sleeps through the grace period is refused: %s',
  (hook) => {
    const container = `lifecycle: { ${hook} }`
    expect(findingsOf(gracePeriodShort, deployment({ container }))).toMatchObject([
      { path: 'spec.template.spec.containers[0].lifecycle.preStop' },
    ])
    expect(findingsOf(gracePeriodShort, deployment({ container, pod: 'terminationGracePeriodSeconds: 60' }))).toEqual(
      [],
    )
  },
)

test('a finished Job is cleared away', () => {
  expect(findingsOf(jobTtlMissing, deployment({ kind: 'Job' }))).toHaveLength(1)
  expect(findingsOf(jobTtlMissing, deployment({ kind: 'Job', workload: 'ttlSecondsAfterFinished: 600' }))).toEqual([])
})

test('a Job that hangs is ended', () => {
  expect(findingsOf(jobDeadlineMissing, deployment({ kind: 'Job' }))).toHaveLength(1)
  expect(findingsOf(jobDeadlineMissing, deployment({ kind: 'Job', workload: 'activeDeadlineSeconds: 600' }))).toEqual(
    [],
  )
})
