import { expect, test } from 'vitest'
import { testFamily } from '../../testing/family-suite.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { redisRules } from './index.ts'
import { redisDisruptionBudgetMissing, redisPodsTogether } from './redis-cluster.ts'

const right = `
apiVersion: redis.redis.opstreelabs.in/v1beta2
kind: RedisCluster
metadata: { name: cache, namespace: data }
spec:
  clusterSize: 3
  persistenceEnabled: true
  kubernetesConfig:
    image: quay.io/opstree/redis:v7.2.7
    redisSecret: { name: cache, key: password }
  redisConfig: { maxMemoryPercentOfLimit: 80 }
  redisExporter: { enabled: true, image: "quay.io/opstree/redis-exporter:v1.48.0" }
  redisLeader: { pdb: { enabled: true }, affinity: { podAntiAffinity: {} } }
  redisFollower: { pdb: { enabled: true }, affinity: { podAntiAffinity: {} } }
  TLS: { secret: { secretName: cache-tls } }
  storage:
    keepAfterDelete: true
    nodeConfVolume: true
    volumeClaimTemplate: { spec: { resources: { requests: { storage: 100Gi } } } }
`

testFamily(redisRules, right, [
  {
    rule: 'redis-cluster-doubled',
    from: 'clusterSize: 3',
    to: 'clusterSize: 6',
    on: 'RedisCluster/cache',
    path: 'spec.clusterSize',
    says: '12 pods will run',
  },
  {
    rule: 'redis-persistence-off',
    from: '  persistenceEnabled: true\n',
    to: '',
    on: 'RedisCluster/cache',
    path: 'spec.storage',
    says: 'The volumes of 100Gi are never made',
  },
  {
    rule: 'redis-nodes-forgotten',
    from: '    nodeConfVolume: true\n',
    to: '',
    on: 'RedisCluster/cache',
    path: 'spec.storage',
    says: 'nodes.conf',
  },
  {
    rule: 'redis-deleted-with-resource',
    from: '    keepAfterDelete: true\n',
    to: '',
    on: 'RedisCluster/cache',
    path: 'spec.storage',
    says: 'deletes its volumes',
  },
  {
    rule: 'redis-pods-together',
    from: 'redisLeader: { pdb: { enabled: true }, affinity: { podAntiAffinity: {} } }',
    to: 'redisLeader: { pdb: { enabled: true } }',
    on: 'RedisCluster/cache',
    path: 'spec.redisLeader',
    says: 'one node',
  },
  {
    rule: 'redis-disruption-budget-missing',
    from: 'redisFollower: { pdb: { enabled: true }, ',
    to: 'redisFollower: { ',
    on: 'RedisCluster/cache',
    path: 'spec.redisFollower',
    says: 'all of these pods at once',
  },
  {
    rule: 'redis-authentication-missing',
    from: '    redisSecret: { name: cache, key: password }\n',
    to: '',
    on: 'RedisCluster/cache',
    path: 'spec.kubernetesConfig',
    says: 'port 6379',
  },
  {
    rule: 'redis-tls-missing',
    from: '  TLS: { secret: { secretName: cache-tls } }\n',
    to: '',
    on: 'RedisCluster/cache',
    path: 'spec',
    says: 'reads the password',
  },
  {
    rule: 'redis-memory-unbounded',
    from: '  redisConfig: { maxMemoryPercentOfLimit: 80 }\n',
    to: '',
    on: 'RedisCluster/cache',
    path: 'spec.redisConfig',
    says: 'will be killed',
  },
])

const replication = (more: string) => `
apiVersion: redis.redis.opstreelabs.in/v1beta2
kind: RedisReplication
metadata: { name: counts, namespace: data }
spec: { clusterSize: 3, kubernetesConfig: {}${more} }
`

test('a replicated Redis is judged as a whole', () => {
  expect(findingsOf(redisPodsTogether, replication('')).map(({ path }) => path)).toEqual(['spec'])
  expect(findingsOf(redisPodsTogether, replication(', affinity: { podAntiAffinity: {} }'))).toEqual([])
})

test('a budget of the files is as good as one of the operator', () => {
  const budget = `
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: counts, namespace: data }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: counts } } }
`
  expect(findingsOf(redisDisruptionBudgetMissing, replication(''))).toHaveLength(1)
  expect(findingsOf(redisDisruptionBudgetMissing, replication('') + budget)).toEqual([])
})
