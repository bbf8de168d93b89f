import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Component } from '../manifest.ts'
import { kafkaAccess } from './access/kafka-access.ts'
import { objectStoreAccess } from './access/object-store-access.ts'
import { gateway } from './gateway/gateway.ts'
import { inference } from './inference/inference.ts'
import { serviceComponent } from './services/service-component.ts'

/** The components of the group `apps`. */
export const appComponents = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] => [
  ...kafkaAccess(platform, environment),
  ...objectStoreAccess(environment),
  gateway(platform, environment),
  ...Object.values(platform.services).map((service) => serviceComponent(platform, environment, service)),
  ...inference(platform, environment),
]
