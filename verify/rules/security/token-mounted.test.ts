import { expect, test } from 'vitest'
import { findingsOf } from '../../testing/world-of.ts'
import { tokenMounted } from './token-mounted.ts'

const pod = (spec: string) => `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: prod }
spec: { serviceAccountName: a, ${spec} containers: [{ name: a, image: a }] }
`
const account = (automount: boolean) => `---
apiVersion: v1
kind: ServiceAccount
metadata: { name: a, namespace: prod }
automountServiceAccountToken: ${automount}
`
const binding = (namespace: string) => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: a, namespace: prod }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: a }
subjects: [{ kind: ServiceAccount, name: a${namespace} }]
`

test('a pod without rights carries no token', () => {
  expect(findingsOf(tokenMounted, pod(''))).toHaveLength(1)
  expect(findingsOf(tokenMounted, pod('') + account(true))).toHaveLength(1)
  expect(findingsOf(tokenMounted, pod('automountServiceAccountToken: true,') + account(false))).toHaveLength(1)
  expect(findingsOf(tokenMounted, pod('automountServiceAccountToken: false,'))).toEqual([])
  expect(findingsOf(tokenMounted, pod('') + account(false))).toEqual([])
})

test('a pod that is given rights may carry one', () => {
  expect(findingsOf(tokenMounted, pod('') + binding(''))).toEqual([])
  expect(findingsOf(tokenMounted, pod('') + binding(', namespace: other'))).toHaveLength(1)
})
