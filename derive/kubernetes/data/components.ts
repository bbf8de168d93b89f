import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Component } from '../manifest.ts'
import { clickhouse } from '../systems/clickhouse/clickhouse.ts'
import { kafka } from '../systems/kafka/kafka.ts'
import { objectStore } from '../systems/object-store/object-store.ts'
import { postgres } from '../systems/postgres/postgres.ts'
import { redis } from '../systems/redis/redis.ts'
import { weaviate } from '../systems/weaviate/weaviate.ts'

/** The components of the group `data`. */
export const dataComponents = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] => [
  kafka(platform, environment),
  postgres(platform, environment),
  clickhouse(platform, environment),
  redis(environment),
  weaviate(environment),
  ...objectStore(environment),
]
