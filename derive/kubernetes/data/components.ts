import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Component } from '../manifest.ts'
import { clickhouse } from './clickhouse/clickhouse.ts'
import { kafka } from './kafka/kafka.ts'
import { objectStore } from './object-store/object-store.ts'
import { postgres } from './postgres/postgres.ts'
import { redis } from './redis/redis.ts'
import { weaviate } from './weaviate/weaviate.ts'

/** The components of the group `data`. */
export const dataComponents = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] => [
  kafka(platform, environment),
  postgres(platform, environment),
  clickhouse(platform, environment),
  redis(environment),
  weaviate(environment),
  ...objectStore(environment),
]
