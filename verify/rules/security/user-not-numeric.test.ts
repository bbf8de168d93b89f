import { expect, test } from 'vitest'
import { findingsOf } from '../../testing/world-of.ts'
import { userNotNumeric } from './user-not-numeric.ts'

const pod = (image: string, ofPod: string, ofContainer = '{}') => `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: prod }
spec:
  securityContext: ${ofPod}
  containers: [{ name: a, image: "${image}", securityContext: ${ofContainer} }]
`

test.each(['kong:3.9.3', 'docker.io/prom/prometheus:v2.48.0', 'pytorch/torchserve@sha256:abc', 'redis:7'])(
  'refuses %s without a number to run as',
  (image) => {
    expect(findingsOf(userNotNumeric, pod(image, '{ runAsNonRoot: true }'))).toMatchObject([
      { path: 'spec.containers[0].image' },
    ])
  },
)

test('says which user an image has', () => {
  const says = (image: string) => findingsOf(userNotNumeric, pod(image, '{ runAsNonRoot: true }'))[0]?.says
  expect(says('kong:3.9.3')).toContain('the name "kong"')
  expect(says('redis:7')).toContain('runs as root')
})

test('a number is enough, wherever it stands', () => {
  expect(findingsOf(userNotNumeric, pod('kong:3.9.3', '{ runAsNonRoot: true, runAsUser: 1000 }'))).toEqual([])
  expect(findingsOf(userNotNumeric, pod('kong:3.9.3', '{ runAsNonRoot: true }', '{ runAsUser: 1000 }'))).toEqual([])
})

test('leaves alone what it does not know and what may be root', () => {
  expect(findingsOf(userNotNumeric, pod('ghcr.io/knowton/market:1', '{ runAsNonRoot: true }'))).toEqual([])
  expect(findingsOf(userNotNumeric, pod('kong:3.9.3', '{}'))).toEqual([])
})
