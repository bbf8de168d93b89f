import { expect, test } from 'vitest'
import { parseImage } from './image-reference.ts'

test.each([
  ['kong', 'docker.io/library/kong', undefined, undefined],
  ['kong:3.4', 'docker.io/library/kong', '3.4', undefined],
  ['prom/prometheus:v3', 'docker.io/prom/prometheus', 'v3', undefined],
  ['index.docker.io/library/kong:3', 'docker.io/library/kong', '3', undefined],
  ['localhost:5000/kong', 'localhost:5000/kong', undefined, undefined],
  ['localhost:5000/kong:3.4', 'localhost:5000/kong', '3.4', undefined],
  ['ghcr.io/a/b:1@sha256:ff', 'ghcr.io/a/b', '1', 'sha256:ff'],
  ['quay.io/a/b@sha256:ff', 'quay.io/a/b', undefined, 'sha256:ff'],
])('reads %s', (text, repository, tag, digest) => {
  expect(parseImage(text)).toEqual({ repository, tag, digest })
})
