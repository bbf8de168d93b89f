import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { probesIdentical, probesMissing } from './probes.ts'

const ready = 'readinessProbe: { httpGet: { path: /health/ready, port: 3000 } }'
const live = 'livenessProbe: { httpGet: { path: /health/live, port: 3000 } }'

test('a container that serves has both probes', () => {
  expect(findingsOf(probesMissing, deployment())).toHaveLength(2)
  expect(findingsOf(probesMissing, deployment({ container: ready }))).toMatchObject([
    { path: 'spec.template.spec', says: expect.stringContaining('hangs') },
  ])
  expect(findingsOf(probesMissing, deployment({ container: `${ready}, ${live}` }))).toEqual([])
})

test('a Job needs no probes', () => {
  expect(findingsOf(probesMissing, deployment({ kind: 'Job' }))).toEqual([])
})

test('liveness asks something else than readiness', () => {
  const same = `${ready}, ${ready.replace('readinessProbe', 'livenessProbe')}`
  expect(findingsOf(probesIdentical, deployment({ container: same }))).toHaveLength(1)
  expect(findingsOf(probesIdentical, deployment({ container: `${ready}, ${live}` }))).toEqual([])
})

test('liveness that waits longer than readiness may ask the same', () => {
  const patient = `${ready}, livenessProbe: { httpGet: { path: /health/ready, port: 3000 }, failureThreshold: 10 }`
  expect(findingsOf(probesIdentical, deployment({ container: patient }))).toEqual([])
})
