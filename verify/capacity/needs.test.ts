import { expect, test } from 'vitest'
import { limitsOf, requestsOf } from './needs.ts'

const container = (cpu: string, rest = {}) => ({
  ...rest,
  resources: { requests: { cpu }, limits: { cpu: '2', memory: '1Gi' } },
})

test('a pod takes what its containers request together, and limits where they are silent', () => {
  expect(requestsOf({ containers: [container('500m'), container('250m')] })).toEqual({
    cpuMillis: 750,
    memoryBytes: 2 * 1024 ** 3,
    gpus: 0,
  })
})

test('a preparing container counts only where it is larger', () => {
  expect(requestsOf({ initContainers: [container('1')], containers: [container('250m')] }).cpuMillis).toBe(1000)
  expect(requestsOf({ initContainers: [container('100m')], containers: [container('250m')] }).cpuMillis).toBe(250)
})

test('a sidecar counts beside all others', () => {
  const sidecar = container('100m', { restartPolicy: 'Always' })
  expect(requestsOf({ initContainers: [sidecar], containers: [container('250m')] }).cpuMillis).toBe(350)
})

test('resources of the pod come before those of its containers', () => {
  expect(requestsOf({ resources: { requests: { cpu: '3' } }, containers: [container('250m')] }).cpuMillis).toBe(3000)
})

test('GPUs are limits', () => {
  const spec = { containers: [{ resources: { limits: { 'nvidia.com/gpu': 1 } } }] }
  expect(requestsOf(spec).gpus).toBe(1)
  expect(limitsOf(spec).gpus).toBe(1)
})
