import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import type { Rule } from '../../types.ts'
import { imageNameInvalid } from './image-name-invalid.ts'
import { imageLatest, imageNotPinned, imageUntagged } from './image-tags.ts'

const digest = `sha256:${'a'.repeat(64)}`
const found = (rule: Rule, image: string) => findingsOf(rule, deployment({ image })).length

test.each([
  ['kong:latest', [1, 0, 0]],
  ['pytorch/torchserve:latest-gpu', [1, 0, 0]],
  ['kong', [0, 1, 0]],
  ['kong:3.9.3', [0, 0, 1]],
  [`kong:3.9.3@${digest}`, [0, 0, 0]],
  [`kong:latest@${digest}`, [0, 0, 0]],
  [`kong@${digest}`, [0, 0, 0]],
])('%s is judged once', (image, expected) => {
  expect([imageLatest, imageUntagged, imageNotPinned].map((rule) => found(rule, image))).toEqual(expected)
})

test('an image of a custom resource counts as well', () => {
  const cluster = `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: a, namespace: prod }
spec: { instances: 1, imageName: "ghcr.io/cloudnative-pg/postgresql:16", storage: { size: 1Gi } }
`
  expect(findingsOf(imageNotPinned, cluster)).toMatchObject([{ path: 'spec.imageName' }])
})

test.each(['ghcr.io/KnowTon/market:1', 'kong:3.9.3@sha256:short', 'a//b', `kong:${'x'.repeat(129)}`, 'kong:'])(
  '%s is no image name',
  (image) => {
    expect(found(imageNameInvalid, image)).toBe(1)
  },
)

test.each(['kong', 'localhost:5000/a/b:1', 'Registry.example.org/a:1', `ghcr.io/a/b__c-d.e:v1_2@${digest}`])(
  '%s is an image name',
  (image) => {
    expect(found(imageNameInvalid, image)).toBe(0)
  },
)
