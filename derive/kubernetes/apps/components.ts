import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Component } from '../manifest.ts'
import { serviceComponent } from '../services/service-component.ts'
import { gateway } from '../systems/gateway/gateway.ts'
import { inference } from '../systems/inference/inference.ts'
import { kafkaAccess } from '../systems/kafka/secret-reader.ts'
import { objectStoreAccess } from '../systems/object-store/apps-secret.ts'

/** The components of the group `apps`. */
export const appComponents = (platform: PlatformShape, environment: ClusterEnvironment): readonly Component[] => [
  ...kafkaAccess(platform, environment),
  ...objectStoreAccess(environment),
  gateway(platform, environment),
  ...Object.values(platform.services).map((service) => serviceComponent(platform, environment, service)),
  ...inference(platform, environment),
]
