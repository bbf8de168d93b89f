import type { PlatformShape, ServiceShape } from '@knowton/core'
import type { IDeployment } from 'kubernetes-models/apps/v1'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { checksum, labelsOf } from '../manifest.ts'
import { servicePodLabels } from '../names.ts'
import { placement, podSecurity, STANDARD_PRIORITY, spread } from '../parts/pod.ts'
import { cloudPodLabels } from '../workload-identity.ts'
import { GRACE_SECONDS, SERVICE_UID, serviceContainer, serviceVolumes } from './container.ts'
import { plainSettings } from './settings.ts'
import { wave } from './waves.ts'

/** The Deployment of a service. How many pods it has is its autoscaler's to say; a service of one process has one. */
export const serviceDeployment = (platform: PlatformShape, environment: ClusterEnvironment, service: ServiceShape) =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: service.name,
      namespace: environment.namespaces.apps,
      labels: { ...labelsOf(service.name) },
      annotations: wave('run'),
    },
    spec: {
      ...(service.instances === 'one' ? { replicas: 1 } : {}),
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 600,
      minReadySeconds: 5,
      strategy:
        service.instances === 'one'
          ? { type: 'Recreate' }
          : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: servicePodLabels(service.name) },
      template: {
        metadata: {
          labels: { ...labelsOf(service.name), ...servicePodLabels(service.name), ...cloudPodLabels(environment) },
          annotations: { 'checksum/config': checksum(plainSettings(environment, service)) },
        },
        spec: {
          serviceAccountName: service.name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          priorityClassName: STANDARD_PRIORITY,
          terminationGracePeriodSeconds: GRACE_SECONDS,
          securityContext: podSecurity(SERVICE_UID),
          ...placement(environment, service.pool),
          ...spread(servicePodLabels(service.name)),
          containers: [serviceContainer(platform, environment, service)],
          volumes: serviceVolumes(service),
        },
      },
    },
  }) satisfies IDeployment
