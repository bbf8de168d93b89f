import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { volumeUnwritable } from './volume-unwritable.ts'

const volumes = 'volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]'
const mounted = 'volumeMounts: [{ name: data, mountPath: /data }]'
const pod = (security: string, image = 'ghcr.io/knowton/market:1', container = mounted) =>
  deployment({ image, container, pod: `${volumes}, securityContext: ${security}` })

test('a new volume belongs to root', () => {
  expect(findingsOf(volumeUnwritable, pod('{ runAsUser: 1000 }'))).toMatchObject([
    { path: 'spec.template.spec.securityContext' },
  ])
  expect(findingsOf(volumeUnwritable, pod('{ runAsUser: 1000, fsGroup: 1000 }'))).toEqual([])
  expect(findingsOf(volumeUnwritable, pod('{ runAsUser: 0 }'))).toEqual([])
})

test('the user may be the image’s own', () => {
  for (const image of ['prom/prometheus:v2.48.0', 'grafana/grafana:10.2.0'])
    expect(findingsOf(volumeUnwritable, pod('{}', image))).toHaveLength(1)
  expect(findingsOf(volumeUnwritable, pod('{}', 'redis:7'))).toEqual([])
  expect(findingsOf(volumeUnwritable, pod('{}'))).toEqual([])
})

test('who only reads needs no group', () => {
  const reading = 'volumeMounts: [{ name: data, mountPath: /data, readOnly: true }]'
  expect(findingsOf(volumeUnwritable, pod('{ runAsUser: 1000 }', undefined, reading))).toEqual([])
})

test('claims of a StatefulSet count', () => {
  const set = deployment({
    kind: 'StatefulSet',
    workload:
      'volumeClaimTemplates: [{ metadata: { name: data }, spec: { resources: { requests: { storage: 1Gi } } } }]',
    pod: 'securityContext: { runAsUser: 1000 }',
    container: mounted,
  })
  expect(findingsOf(volumeUnwritable, set)).toHaveLength(1)
})
