import type { PlatformShape, ServiceShape } from '@knowton/core'
import { systemsOf } from '../../edges.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Component, Manifest } from '../manifest.ts'
import { kafkaSecret } from '../systems/kafka/client.ts'
import { serviceDeployment } from './deployment.ts'
import { migrationJob } from './migration.ts'
import {
  serviceConfigMap,
  serviceDisruptionBudget,
  servicePodMonitor,
  serviceService,
  serviceServiceAccount,
} from './objects.ts'
import { serviceScaling } from './scaling.ts'
import { serviceSecret } from './secrets.ts'

/** Everything that runs one declared service. */
export const serviceComponent = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
  service: ServiceShape,
): Component => ({
  name: service.name,
  group: 'apps',
  files: {
    'service-account': [serviceServiceAccount(platform, environment, service)],
    config: [serviceConfigMap(environment, service)],
    ...optional('secrets', [
      ...serviceSecret(environment, service),
      ...(systemsOf(service).includes('kafka') ? [kafkaSecret(environment, service)] : []),
    ]),
    ...optional('migration', migrationJob(environment, service)),
    deployment: [serviceDeployment(platform, environment, service)],
    service: [serviceService(environment, service)],
    availability: [serviceDisruptionBudget(environment, service), ...serviceScaling(environment, service)],
    monitoring: [servicePodMonitor(environment, service)],
  },
})

/** A file, unless there is nothing to write to it. */
const optional = (file: string, objects: readonly Manifest[]): Readonly<Record<string, readonly Manifest[]>> =>
  objects.length === 0 ? {} : { [file]: objects }
