import { describe, expect, test } from 'vitest'
import { findingsOf } from '../../testing/world-of.ts'
import { fieldInvalid } from './field-invalid.ts'
import { fieldMissing } from './field-missing.ts'
import { fieldUnknown } from './field-unknown.ts'

const deployment = (container: string, spec = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: d, namespace: n }
spec:
  selector: { matchLabels: { app: d } }
${spec}
  template:
    metadata: { labels: { app: d } }
    spec:
      containers:
        - name: c
          image: i
${container}
`

const sound = deployment(
  `          ports: [{ containerPort: 80 }]
          env: [{ name: A, value: "1" }]
          resources: { requests: { cpu: 500m, memory: 1.5Gi }, limits: { cpu: 1 } }
          readinessProbe: { httpGet: { path: /, port: http } }`,
  '  replicas: 2',
)

test.each([fieldUnknown, fieldInvalid, fieldMissing])('$id has nothing against a sound Deployment', (rule) => {
  expect(findingsOf(rule, sound)).toEqual([])
})

describe('field-unknown', () => {
  test('names the path, the line and the field that was probably meant', () => {
    const [found, ...others] = findingsOf(fieldUnknown, deployment('          imagePullPolcy: Always'))
    expect(others).toEqual([])
    expect(found).toMatchObject({
      path: 'spec.template.spec.containers[0].imagePullPolcy',
      source: { line: 14 },
      fix: 'Write imagePullPolicy if that is meant, else remove it.',
    })
  })

  test('sees fields of custom resources, and says where Strimzi moved them', () => {
    const text =
      'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: k}\nspec: {kafka: {replicas: 3}, zookeeper: {}}'
    const found = findingsOf(fieldUnknown, text)
    expect(found.map(({ path }) => path)).toEqual(['spec.kafka.replicas', 'spec.zookeeper'])
    expect(found[0]?.fix).toContain('KafkaNodePool')
  })

  test('leaves free maps alone: labels, settings of brokers, data', () => {
    const text = `
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: { name: k, labels: { any.thing/x: y } }
spec: { kafka: { listeners: [], config: { whatever.it.is: 1 } } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: c }
data: { any: thing }`
    expect(findingsOf(fieldUnknown, text)).toEqual([])
  })
})

describe('field-invalid', () => {
  test.each([
    ['          env: [{ name: A, value: 1 }]', 'spec.template.spec.containers[0].env[0].value'],
    ['          env: [{ name: A, value: yes }]', 'spec.template.spec.containers[0].env[0].value'],
    ['          ports: [{ containerPort: 70000 }]', 'spec.template.spec.containers[0].ports[0].containerPort'],
    ['          ports: [{ containerPort: 80, protocol: HTTP }]', 'spec.template.spec.containers[0].ports[0].protocol'],
    ['          resources: { limits: { memory: 1GB } }', 'spec.template.spec.containers[0].resources.limits.memory'],
    ['          imagePullPolicy: Sometimes', 'spec.template.spec.containers[0].imagePullPolicy'],
    ['          command: run', 'spec.template.spec.containers[0].command'],
    [
      '          volumeMounts: [{ name: a, mountPath: /x }, { name: b, mountPath: /x }]',
      'spec.template.spec.containers[0].volumeMounts[1]',
    ],
  ])('refuses %s', (container, path) => {
    expect(findingsOf(fieldInvalid, deployment(container)).map((found) => found.path)).toEqual([path])
  })

  test('takes an octal mode as kubectl does', () => {
    const volume = (mode: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c}], volumes: [{name: v, secret: {secretName: s, defaultMode: ${mode}}}]}`
    expect(findingsOf(fieldInvalid, volume('0440'))).toEqual([])
    expect(findingsOf(fieldInvalid, volume('0o440'))).toEqual([])
    expect(findingsOf(fieldInvalid, volume('640'))).toHaveLength(1)
  })

  test('holds custom resources to patterns, bounds and their own rules', () => {
    const cluster = (spec: string) =>
      `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: p}\nspec: ${spec}`
    expect(findingsOf(fieldInvalid, cluster('{instances: 3, storage: {size: 1Gi}, imageName: a}'))).toEqual([])
    expect(findingsOf(fieldInvalid, cluster('{instances: 0}')).map(({ path }) => path)).toEqual(['spec.instances'])
    const both =
      '{instances: 1, imageName: a, imageCatalogRef: {apiGroup: postgresql.cnpg.io, kind: ImageCatalog, name: x, major: 16}}'
    expect(findingsOf(fieldInvalid, cluster(both)).map(({ says }) => says)).toEqual([
      'The API server will refuse this Cluster: spec imageName and imageCatalogRef are mutually exclusive.',
    ])
  })

  test('a null counts as not given', () => {
    expect(findingsOf(fieldInvalid, deployment('          command:'))).toEqual([])
  })
})

describe('field-missing', () => {
  test('names what the kind requires', () => {
    const text = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: 1}'
    expect(findingsOf(fieldMissing, text).map(({ path }) => path)).toEqual(['spec.selector', 'spec.template'])
  })

  test('a kind whose spec requires something requires the spec', () => {
    const text = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}'
    expect(findingsOf(fieldMissing, text).map(({ path }) => path)).toEqual(['spec'])
  })

  test('what the definition has a default for is not missing', () => {
    const text = `
apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: s }
spec: { schedule: 0 0 0 * * *, cluster: {} }`
    expect(findingsOf(fieldMissing, text).map(({ path }) => path)).toEqual(['spec.cluster.name'])
  })
})
