import { expect, test } from 'vitest'
import { deployment } from '../../testing/deployment.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { products } from './end-of-life.ts'
import { endedOn } from './ended-version.ts'
import { versionEnded } from './version-ended.ts'

test.each([
  'kong:3.4',
  'clickhouse/clickhouse-server:23.8',
  'grafana/grafana:10.2.0',
  'prom/prometheus:v2.48.0',
  'semitechnologies/weaviate:1.22.4',
  'node:20-bookworm',
  'postgres:13',
])('%s has ended', (image) => {
  expect(findingsOf(versionEnded, deployment({ image }))).toHaveLength(1)
})

test.each([
  'kong:3.9.3',
  'clickhouse/clickhouse-server:26.3',
  'grafana/grafana:13.2.0',
  'quay.io/prometheus/prometheus:v3.13.2',
  'semitechnologies/weaviate:1.38.11',
  'node:24',
  'ghcr.io/cloudnative-pg/postgresql:16.15-standard-trixie',
  'quay.io/opstree/redis:v7.2.7',
  'kong:latest',
  'example.org/kong:3.4',
])('%s lives, or nobody says that it does not', (image) => {
  expect(findingsOf(versionEnded, deployment({ image }))).toEqual([])
})

test('a version that a custom resource names counts as well', () => {
  const kafka = (version: string) => `apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: { name: a, namespace: data }
spec: { kafka: { version: ${version} } }
`
  expect(findingsOf(versionEnded, kafka('3.6.0'))).toMatchObject([{ path: 'spec.kafka.version' }])
  expect(findingsOf(versionEnded, kafka('4.3.1'))).toEqual([])
})

test('a version lives until its day', () => {
  const image = 'postgres:16'
  const on = (today: string) =>
    findingsOf(versionEnded, deployment({ image }), { context: { today: new Date(`${today}T00:00:00Z`) } })
  expect(on('2028-11-09')).toEqual([])
  expect(on('2028-11-10')).toHaveLength(1)
})

test('every date of the table is a day', () => {
  for (const { ends, olderEnded } of products)
    for (const day of [...Object.values(ends), olderEnded].filter((one) => one !== false))
      expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day)
})

test('a version newer than the table is not judged', () => {
  for (const product of products) expect(endedOn(product, '99.0', new Date('2026-11-23'))).toBeUndefined()
})
