import { expect, test } from 'vitest'
import { findingsOf } from '../../testing/world-of.ts'
import { podSecurityUnlabelled, podSecurityUnpinned } from './pod-security-namespaces.ts'
import { podSecurityViolated } from './pod-security-violated.ts'
import { podUnhardened } from './pod-unhardened.ts'

const namespace = (labels: string) => `apiVersion: v1
kind: Namespace
metadata: { name: prod, labels: { ${labels} } }
`
const restricted = namespace(
  'pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/enforce-version: v1.35',
)

const deployment = (pod: string, container: string) => `${restricted}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: kong, namespace: prod }
spec:
  template:
    metadata: { labels: { app: kong } }
    spec:
      ${pod}
      containers:
        - name: kong
          image: kong:3.4
          ${container}
`
const hardened = [
  'securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }',
  'securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }',
] as const

test('names every reason why the pods of a workload cannot be made', () => {
  const [finding, ...others] = findingsOf(podSecurityViolated, deployment('hostNetwork: true', 'ports: []'))
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    severity: 'error',
    object: { kind: 'Deployment', namespace: 'prod', name: 'kong' },
    path: 'spec.template.spec',
  })
  for (const reason of ['hostNetwork', 'allowPrivilegeEscalation', 'drop=["ALL"]', 'runAsNonRoot', 'seccompProfile'])
    expect(finding?.says).toContain(reason)
})

test('admits a workload that says all that restricted demands', () => {
  expect(findingsOf(podSecurityViolated, deployment(...hardened))).toEqual([])
})

test('an older pinned version does not know newer controls', () => {
  const set = (version: string) =>
    deployment(
      hardened[0],
      `livenessProbe: { httpGet: { host: 10.0.0.1, port: 80 } }\n          ${hardened[1]}`,
    ).replace('v1.35', version)
  expect(findingsOf(podSecurityViolated, set('v1.35'))).toHaveLength(1)
  expect(findingsOf(podSecurityViolated, set('v1.33'))).toEqual([])
})

test('pods of a namespace without a level are told what they keep', () => {
  const open = (pod: string, container: string) =>
    deployment(pod, container).replace('pod-security.kubernetes.io/enforce: restricted', 'team: a')
  expect(findingsOf(podUnhardened, open('hostNetwork: true', 'ports: []'))).toHaveLength(1)
  expect(findingsOf(podUnhardened, open(...hardened))).toEqual([])
  expect(findingsOf(podUnhardened, deployment('hostNetwork: true', 'ports: []'))).toEqual([])
})

test('a namespace names its level and pins it', () => {
  expect(findingsOf(podSecurityUnlabelled, namespace('team: a'))).toHaveLength(1)
  expect(findingsOf(podSecurityUnlabelled, restricted)).toEqual([])
  expect(findingsOf(podSecurityUnlabelled, `${restricted}---\n${namespace('team: a')}`)).toEqual([])
  expect(findingsOf(podSecurityUnpinned, namespace('pod-security.kubernetes.io/enforce: baseline'))).toHaveLength(1)
  expect(findingsOf(podSecurityUnpinned, restricted)).toEqual([])
})
