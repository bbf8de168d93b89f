import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { claimShared } from './claim-shared.ts'

const claim = (mode: string) => `---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: models, namespace: prod }
spec: { accessModes: [${mode}], resources: { requests: { storage: 10Gi } } }
`
const pod = 'volumes: [{ name: models, persistentVolumeClaim: { claimName: models } }]'
const mounting = (workload: string, name = 'torchserve') => deployment({ name, pod, workload })

test('two pods cannot mount what one node can', () => {
  const says = (text: string) => findingsOf(claimShared, text)[0]?.says
  expect(says(mounting('replicas: 2') + claim('ReadWriteOnce'))).toContain('ContainerCreating')
  expect(says(mounting('replicas: 2') + claim('ReadWriteOncePod'))).toContain('ContainerCreating')
  expect(says(mounting('replicas: 2') + claim('ReadWriteMany'))).toBeUndefined()
})

test('a claim that no file holds is judged with its condition', () => {
  expect(findingsOf(claimShared, mounting('replicas: 2'))).toMatchObject([
    { severity: 'error', says: expect.stringContaining('unless the claim') },
  ])
})

test('a rollout that keeps the old pod waits for ever', () => {
  expect(findingsOf(claimShared, mounting('replicas: 1') + claim('ReadWriteOnce'))).toMatchObject([
    { says: expect.stringContaining('rollout') },
  ])
  for (const strategy of ['{ type: Recreate }', '{ rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }'])
    expect(findingsOf(claimShared, mounting(`replicas: 1, strategy: ${strategy}`) + claim('ReadWriteOnce'))).toEqual([])
})

test('two workloads do not share what one node can mount', () => {
  const recreate = 'replicas: 1, strategy: { type: Recreate }'
  const both = mounting(recreate) + mounting(recreate, 'loader') + claim('ReadWriteOnce')
  expect(findingsOf(claimShared, both)).toHaveLength(2)
  expect(findingsOf(claimShared, both.replace('ReadWriteOnce', 'ReadWriteMany'))).toEqual([])
})
