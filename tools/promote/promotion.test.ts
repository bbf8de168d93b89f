import { expect, test } from 'vitest'
import { buildsOf, parseBuild, withBuilds } from './promotion.ts'

const digest = `sha256:${'a'.repeat(64)}`
const other = `sha256:${'b'.repeat(64)}`

test('a build names a declared service, a tag and a digest', () => {
  expect(parseBuild(`web=sha-1@${digest}`, ['web'])).toEqual({ service: 'web', tag: 'sha-1', digest })
  expect(() => parseBuild(`nobody=sha-1@${digest}`, ['web'])).toThrow('"nobody" is not a service')
  expect(() => parseBuild('web=latest', ['web'])).toThrow('is not a build')
  expect(() => parseBuild('web=sha-1@sha256:short', ['web'])).toThrow('is not a build')
})

test('a promotion replaces what it names and leaves the rest', () => {
  const release = { registry: 'r', services: { web: { tag: '1', digest }, api: { tag: '1', digest } } }
  expect(withBuilds(release, [{ service: 'web', tag: '2', digest: other }])).toEqual({
    registry: 'r',
    services: { api: { tag: '1', digest }, web: { tag: '2', digest: other } },
  })
})

test('what another environment runs can be taken only when each service there has a digest', () => {
  const staging = { registry: 'r', services: { web: { tag: '1', digest } } }
  expect(buildsOf(staging, ['web'])).toEqual([{ service: 'web', tag: '1', digest }])
  expect(() => buildsOf(staging, ['web', 'api'])).toThrow('api has no digest there')
})
