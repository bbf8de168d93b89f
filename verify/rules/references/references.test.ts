import { expect, test } from 'vitest'
import { findingsOf } from '../../testing/world-of.ts'
import type { Context } from '../../types.ts'
import { referencesRules } from './index.ts'
import { type Case, ruleOf, tryCases } from './testing/cases.ts'
import {
  binding,
  claimVolume,
  cnpg,
  configVolume,
  container,
  externalSecret,
  object,
  secretEnv,
  settings,
  workload,
} from './testing/sets.ts'

const cases: readonly Case[] = [
  {
    rule: 'secret-missing',
    what: 'a variable',
    fails: secretEnv,
    passes: secretEnv + externalSecret('password: x'),
    says: 'CreateContainerConfigError',
  },
  {
    rule: 'secret-missing',
    what: 'the certificate of a PostgreSQL cluster',
    fails: cnpg('certificates: { serverTLSSecret: pg-tls }'),
    passes:
      cnpg('certificates: { serverTLSSecret: pg-tls }') +
      object('cert-manager.io/v1', 'Certificate', 'pg', 'spec: { secretName: pg-tls }'),
    says: 'pg-tls',
  },
  {
    rule: 'secret-missing',
    what: 'the password of a ClickHouse user',
    fails: object(
      'clickhouse.altinity.com/v1',
      'ClickHouseInstallation',
      'ch',
      'spec: { configuration: { users: { app/k8s_secret_env_password: prod/ch/password } } }',
    ),
    passes:
      object(
        'clickhouse.altinity.com/v1',
        'ClickHouseInstallation',
        'ch',
        'spec: { configuration: { users: { app/k8s_secret_env_password: prod/ch/password } } }',
      ) + object('v1', 'Secret', 'ch', 'stringData: { password: x }'),
    says: '"ch" in namespace prod',
  },
  {
    rule: 'secret-key-missing',
    what: 'a key that the template does not make',
    fails: secretEnv + externalSecret('username: x'),
    passes: secretEnv + externalSecret('password: x'),
    says: 'which has username',
  },
  {
    rule: 'secret-key-missing',
    what: 'a key of what an operator makes',
    fails:
      workload(container('env: [{ name: A, valueFrom: { secretKeyRef: { name: pg-app, key: url } } }]')) +
      cnpg('bootstrap: { initdb: { database: a } }'),
    passes:
      workload(container('env: [{ name: A, valueFrom: { secretKeyRef: { name: pg-app, key: uri } } }]')) +
      cnpg('bootstrap: { initdb: { database: a } }'),
    says: '"url"',
  },
  {
    rule: 'configmap-missing',
    what: 'a volume',
    fails: configVolume,
    passes: configVolume + settings('a.yml: x'),
    says: 'ContainerCreating',
  },
  {
    rule: 'configmap-key-missing',
    what: 'an item of a volume',
    fails: configVolume + settings('b.yml: x'),
    passes: configVolume + settings('a.yml: x'),
    says: 'which has b.yml',
  },
  {
    rule: 'claim-missing',
    what: 'a volume',
    fails: claimVolume,
    passes: claimVolume + object('v1', 'PersistentVolumeClaim', 'files', 'spec: {}'),
    says: 'Pending',
  },
  {
    rule: 'service-account-missing',
    what: 'a pod',
    fails: workload(`serviceAccountName: reader, ${container('resources: {}')}`),
    passes:
      workload(`serviceAccountName: reader, ${container('resources: {}')}`) + object('v1', 'ServiceAccount', 'reader'),
    says: 'no pod will be created',
  },
  {
    rule: 'storage-class-missing',
    what: 'a Kafka node pool',
    fails: object(
      'kafka.strimzi.io/v1',
      'KafkaNodePool',
      'b',
      'spec: { storage: { type: persistent-claim, class: fast } }',
    ),
    passes: `${object(
      'kafka.strimzi.io/v1',
      'KafkaNodePool',
      'b',
      'spec: { storage: { type: persistent-claim, class: fast } }',
    )}---\n{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast }, provisioner: p }\n`,
    says: 'StorageClass "fast", which',
  },
  {
    rule: 'priority-class-missing',
    what: 'a pod',
    fails: workload(`priorityClassName: urgent, ${container('resources: {}')}`),
    passes: workload(`priorityClassName: system-cluster-critical, ${container('resources: {}')}`),
    says: 'refused',
  },
  {
    rule: 'issuer-missing',
    what: 'a certificate',
    fails: object(
      'cert-manager.io/v1',
      'Certificate',
      'c',
      'spec: { secretName: s, issuerRef: { kind: ClusterIssuer, name: ca } }',
    ),
    passes:
      object(
        'cert-manager.io/v1',
        'Certificate',
        'c',
        'spec: { secretName: s, issuerRef: { kind: ClusterIssuer, name: ca } }',
      ) +
      '---\n{ apiVersion: cert-manager.io/v1, kind: ClusterIssuer, metadata: { name: ca }, spec: { selfSigned: {} } }\n',
    says: 'never be issued',
  },
  {
    rule: 'store-missing',
    what: 'an ExternalSecret',
    fails: object('external-secrets.io/v1', 'ExternalSecret', 's', 'spec: { secretStoreRef: { name: vault } }'),
    passes:
      object('external-secrets.io/v1', 'ExternalSecret', 's', 'spec: { secretStoreRef: { name: vault } }') +
      object('external-secrets.io/v1', 'SecretStore', 'vault', 'spec: {}'),
    says: 'never be made',
  },
  {
    rule: 'object-store-missing',
    what: 'a PostgreSQL cluster',
    fails: cnpg('plugins: [{ name: barman-cloud.cloudnative-pg.io, parameters: { barmanObjectName: backups } }]'),
    passes:
      cnpg('plugins: [{ name: barman-cloud.cloudnative-pg.io, parameters: { barmanObjectName: backups } }]') +
      object('barmancloud.cnpg.io/v1', 'ObjectStore', 'backups', 'spec: {}'),
    says: 'no backup',
  },
  {
    rule: 'kafka-cluster-missing',
    what: 'a topic',
    fails:
      '---\n{ apiVersion: kafka.strimzi.io/v1, kind: KafkaTopic, metadata: { name: t, namespace: prod, labels: { strimzi.io/cluster: main } }, spec: {} }\n',
    passes:
      '---\n{ apiVersion: kafka.strimzi.io/v1, kind: KafkaTopic, metadata: { name: t, namespace: prod, labels: { strimzi.io/cluster: main } }, spec: {} }\n' +
      object('kafka.strimzi.io/v1', 'Kafka', 'main', 'spec: {}'),
    says: 'ignore',
  },
  {
    rule: 'role-missing',
    what: 'a binding',
    fails: binding('Role', 'reader'),
    passes: binding('ClusterRole', 'view'),
    says: 'no rights',
  },
  {
    rule: 'object-missing',
    what: 'the cluster of a pooler',
    fails: object('postgresql.cnpg.io/v1', 'Pooler', 'pool', 'spec: { cluster: { name: pg } }'),
    passes: object('postgresql.cnpg.io/v1', 'Pooler', 'pool', 'spec: { cluster: { name: pg } }') + cnpg('storage: {}'),
    says: 'Cluster "pg"',
  },
]

tryCases(cases)

test('what is listed as external is there', () => {
  const external: Partial<Context> = { external: ['Secret/prod/db'] }
  expect(findingsOf(ruleOf('secret-missing'), secretEnv, { context: external })).toEqual([])
})

test('an optional reference may dangle', () => {
  const optional = workload(
    container('env: [{ name: A, valueFrom: { secretKeyRef: { name: db, key: password, optional: true } } }]'),
  )
  expect(findingsOf(ruleOf('secret-missing'), optional)).toEqual([])
})

test('objects of unknown operators are not guessed at', () => {
  const unknown = object(
    'example.com/v1',
    'Thing',
    't',
    'spec: { secretKeyRef: { name: a, key: b }, serviceAccountName: s }',
  )
  expect(referencesRules.flatMap((rule) => findingsOf(rule, unknown))).toEqual([])
})
