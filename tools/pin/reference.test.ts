import { expect, test } from 'vitest'
import { parseReference } from './reference.ts'

test('an image without a host is in Docker Hub, a bare name in its library', () => {
  expect(parseReference('kong:3.9.3')).toEqual({
    registry: 'registry-1.docker.io',
    repository: 'library/kong',
    tag: '3.9.3',
  })
  expect(parseReference('docker.io/grafana/grafana:13.2.0').repository).toBe('grafana/grafana')
})

test('a host is kept with its port', () => {
  expect(parseReference('127.0.0.1:5000/team/app:1')).toEqual({
    registry: '127.0.0.1:5000',
    repository: 'team/app',
    tag: '1',
  })
})

test.each(['kong', 'Kong:1', 'kong@sha256:abc', 'kong:', 'a//b:1'])('%s is not an image with a tag', (reference) => {
  expect(() => parseReference(reference)).toThrow('is not an image with a tag')
})
