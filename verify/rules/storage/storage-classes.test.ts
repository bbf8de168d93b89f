import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { claimsDeleted, storageClassImplicit } from './claims-of-sets.ts'
import { storageClassUnsafe } from './storage-class-unsafe.ts'

const storageClass = (rest: string) => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: fast-ssd }
${rest}
`
const safe = `provisioner: ebs.csi.aws.com
parameters: { type: gp3, encrypted: "true" }
reclaimPolicy: Retain
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true`

test('a class keeps, places, encrypts and grows', () => {
  expect(findingsOf(storageClassUnsafe, storageClass(safe))).toEqual([])
  expect(
    findingsOf(storageClassUnsafe, storageClass('provisioner: ebs.csi.aws.com'))
      .map(({ path }) => path)
      .toSorted(),
  ).toEqual(['allowVolumeExpansion', 'parameters', 'reclaimPolicy', 'volumeBindingMode'])
})

test('a class of local disks needs no cloud settings', () => {
  const local = 'provisioner: rancher.io/local-path\nreclaimPolicy: Retain\nallowVolumeExpansion: true'
  expect(findingsOf(storageClassUnsafe, storageClass(local))).toEqual([])
})

const set = (claims: string, policy = '{}') =>
  deployment({
    kind: 'StatefulSet',
    workload: `persistentVolumeClaimRetentionPolicy: ${policy}, volumeClaimTemplates: [${claims}]`,
  })
const template = (name: string, rest: string) =>
  `{ metadata: { name: ${name} }, spec: { ${rest}resources: { requests: { storage: 1Gi } } } }`

test('all claims of a set name their class, or none', () => {
  const named = template('data', 'storageClassName: fast-ssd, ')
  expect(findingsOf(storageClassImplicit, set(`${named}, ${template('log', '')}`))).toMatchObject([
    { says: expect.stringContaining('"log"') },
  ])
  expect(findingsOf(storageClassImplicit, set(named))).toEqual([])
  expect(findingsOf(storageClassImplicit, set(template('log', '')))).toEqual([])
})

test('the data of a set outlives it', () => {
  const one = template('data', '')
  expect(findingsOf(claimsDeleted, set(one, '{ whenDeleted: Delete, whenScaled: Retain }'))).toHaveLength(1)
  expect(findingsOf(claimsDeleted, set(one, '{ whenDeleted: Retain, whenScaled: Retain }'))).toEqual([])
  expect(findingsOf(claimsDeleted, set(one))).toEqual([])
})
