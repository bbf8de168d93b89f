import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.ts'
import { testFamily } from '../../testing/family-suite.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { weaviateRules } from './index.ts'
import { weaviateNotClustered } from './weaviate-cluster.ts'

const right = `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: weaviate, namespace: data }
spec:
  serviceName: weaviate
  replicas: 3
  podManagementPolicy: Parallel
  selector: { matchLabels: { app: weaviate } }
  template:
    metadata: { labels: { app: weaviate } }
    spec:
      containers:
        - name: weaviate
          image: semitechnologies/weaviate:1.38.11
          ports: [{ name: http, containerPort: 8080 }, { name: grpc, containerPort: 50051 }]
          env:
            - { name: AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED, value: "false" }
            - { name: AUTHENTICATION_APIKEY_ENABLED, value: "true" }
            - { name: ENABLE_MODULES, value: "backup-s3,text2vec-openai" }
            - { name: OPENAI_APIKEY, valueFrom: { secretKeyRef: { name: openai, key: key } } }
            - { name: CLUSTER_HOSTNAME, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
            - { name: CLUSTER_JOIN, value: weaviate }
            - { name: RAFT_JOIN, value: "weaviate-0,weaviate-1,weaviate-2" }
            - { name: RAFT_BOOTSTRAP_EXPECT, value: "3" }
            - { name: REPLICATION_MINIMUM_FACTOR, value: "3" }
            - { name: PROMETHEUS_MONITORING_ENABLED, value: "true" }
---
apiVersion: v1
kind: Service
metadata: { name: weaviate, namespace: data }
spec:
  clusterIP: None
  selector: { app: weaviate }
  ports: [{ name: http, port: 8080, targetPort: http }, { name: grpc, port: 50051, targetPort: grpc }]
`
const container = 'spec.template.spec.containers[0]'

testFamily(weaviateRules, right, [
  {
    rule: 'weaviate-authentication-missing',
    from: '            - { name: AUTHENTICATION_APIKEY_ENABLED, value: "true" }\n',
    to: '',
    on: 'StatefulSet/weaviate',
    path: `${container}.env[0]`,
    says: 'exit at every start',
  },
  {
    rule: 'weaviate-anonymous',
    from: 'ACCESS_ENABLED, value: "false"',
    to: 'ACCESS_ENABLED, value: "true"',
    on: 'StatefulSet/weaviate',
    path: `${container}.env[0]`,
    says: 'anonymous access is on',
  },
  {
    rule: 'weaviate-module-key-missing',
    from: 'name: OPENAI_APIKEY',
    to: 'name: OPENAI_KEY',
    on: 'StatefulSet/weaviate',
    path: `${container}.env[2]`,
    says: 'OPENAI_APIKEY is not set',
  },
  {
    rule: 'weaviate-not-clustered',
    from: '            - { name: CLUSTER_JOIN, value: weaviate }\n',
    to: '',
    on: 'StatefulSet/weaviate',
    path: `${container}.env[4]`,
    says: '3 pods with 3 different sets of data',
  },
  {
    rule: 'weaviate-sequential-start',
    from: '  podManagementPolicy: Parallel\n',
    to: '',
    on: 'StatefulSet/weaviate',
    path: 'spec.podManagementPolicy',
    says: 'waits for a quorum',
  },
  {
    rule: 'weaviate-replication-once',
    from: '            - { name: REPLICATION_MINIMUM_FACTOR, value: "3" }\n',
    to: '',
    on: 'StatefulSet/weaviate',
    path: container,
    says: 'replication factor is 1',
  },
  {
    rule: 'weaviate-grpc-closed',
    from: ', { name: grpc, port: 50051, targetPort: grpc }',
    to: '',
    on: 'StatefulSet/weaviate',
    path: `${container}.ports`,
    says: 'gRPC on port 50051',
  },
  {
    rule: 'weaviate-backup-missing',
    from: 'backup-s3,',
    to: '',
    on: 'StatefulSet/weaviate',
    path: `${container}.env[2]`,
    says: 'no backup module',
  },
  {
    rule: 'weaviate-metrics-missing',
    from: '            - { name: PROMETHEUS_MONITORING_ENABLED, value: "true" }\n',
    to: '',
    on: 'StatefulSet/weaviate',
    path: container,
    says: 'Port 2112',
  },
])

test('one pod is a cluster', () => {
  const alone = edited(
    edited(right, 'replicas: 3', 'replicas: 1'),
    '            - { name: CLUSTER_JOIN, value: weaviate }\n',
    '',
  )
  expect(findingsOf(weaviateNotClustered, alone)).toEqual([])
})
