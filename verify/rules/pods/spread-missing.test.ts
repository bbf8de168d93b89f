import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { spreadMissing } from './spread-missing.ts'

const constraint =
  '[{ maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: market } } }]'
const term = '{ topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app: market } } }'

test('two pods are spread by a constraint or by anti-affinity', () => {
  const two = (pod?: string) => deployment({ workload: 'replicas: 2', ...(pod === undefined ? {} : { pod }) })
  expect(findingsOf(spreadMissing, two())).toHaveLength(1)
  expect(findingsOf(spreadMissing, two(`topologySpreadConstraints: ${constraint}`))).toEqual([])
  expect(
    findingsOf(
      spreadMissing,
      two(`affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [${term}] } }`),
    ),
  ).toEqual([])
})

test('one pod needs no spread', () => {
  expect(findingsOf(spreadMissing, deployment())).toEqual([])
})
