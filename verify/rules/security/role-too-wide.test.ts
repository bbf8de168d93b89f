import { expect, test } from 'vitest'
import { findingsOf } from '../../testing/world-of.ts'
import { roleTooWide } from './role-too-wide.ts'

const role = (kind: string, rule: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: reader${kind === 'Role' ? ', namespace: prod' : ''} }
rules: [${rule}]
`

test.each([
  ['everything', '{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }', 'error'],
  ['every verb', '{ apiGroups: [apps], resources: [deployments], verbs: ["*"] }', 'warning'],
  ['every resource', '{ apiGroups: [apps], resources: ["*"], verbs: [get] }', 'warning'],
  ['every Secret', '{ apiGroups: [""], resources: [secrets], verbs: [list] }', 'warning'],
])('a role over %s is too wide', (_, rule, severity) => {
  for (const kind of ['Role', 'ClusterRole'])
    expect(findingsOf(roleTooWide, role(kind, rule))).toMatchObject([{ severity, path: 'rules[0]' }])
})

test('a role that lists what it allows is fine', () => {
  for (const rule of [
    '{ apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [knowton-ca] }',
    '{ apiGroups: [""], resources: [pods, nodes], verbs: [get, list, watch] }',
    '{ nonResourceURLs: [/metrics], verbs: [get] }',
  ])
    expect(findingsOf(roleTooWide, role('ClusterRole', rule))).toEqual([])
})

test('nobody is bound to cluster-admin', () => {
  const binding = (name: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: ci }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${name} }
subjects: [{ kind: ServiceAccount, name: ci, namespace: prod }]
`
  expect(findingsOf(roleTooWide, binding('cluster-admin'))).toHaveLength(1)
  expect(findingsOf(roleTooWide, binding('view'))).toEqual([])
})
