import { expect, test } from 'vitest'
import { findingsOf } from '../../testing/world-of.ts'
import { rootFilesystemWritable } from './root-filesystem-writable.ts'

const pod = (context: string) => `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: prod }
spec:
  initContainers: [{ name: prepare, image: a, securityContext: { readOnlyRootFilesystem: true } }]
  containers: [{ name: serve, image: a, securityContext: ${context} }]
`

test('a container may not write to its own image', () => {
  expect(findingsOf(rootFilesystemWritable, pod('{}'))).toMatchObject([{ path: 'spec.containers[0]' }])
  expect(findingsOf(rootFilesystemWritable, pod('{ readOnlyRootFilesystem: false }'))).toHaveLength(1)
  expect(findingsOf(rootFilesystemWritable, pod('{ readOnlyRootFilesystem: true }'))).toEqual([])
})
