import { expect, test } from 'vitest'
import { findingsOf } from '../../testing/world-of.ts'
import { imageWrongForOperator } from './image-wrong-for-operator.ts'

const redis = (image: string) => `apiVersion: redis.redis.opstreelabs.in/v1beta2
kind: RedisCluster
metadata: { name: a, namespace: data }
spec: { clusterSize: 3, kubernetesConfig: { image: "${image}" } }
`

test('the Redis operator needs its own image', () => {
  expect(findingsOf(imageWrongForOperator, redis('redis:7.2-alpine'))).toMatchObject([
    { path: 'spec.kubernetesConfig.image' },
  ])
  expect(findingsOf(imageWrongForOperator, redis('quay.io/opstree/redis:v7.2.7'))).toEqual([])
})
