import type { ServiceShape } from '@knowton/core'
import type { IJob } from 'kubernetes-models/batch/v1'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { labelsOf, type Manifest } from '../manifest.ts'
import { podLabels } from '../names.ts'
import { containerSecurity, placement, podSecurity, resourcesOf, STANDARD_PRIORITY } from '../parts/pod.ts'
import { trustMount, trustVolume } from '../parts/trust.ts'
import { tmpMount, tmpVolume } from '../parts/volumes.ts'
import { serviceImage } from '../service-image.ts'
import { plain, SERVICE_UID, secretEnvironment } from './container.ts'
import { POSTGRES_PASSWORD } from './secrets.ts'
import { databaseSettings } from './settings.ts'
import { wave } from './waves.ts'

/** The labels that select the pods that migrate the database of a service. */
export const migrationPodLabels = (service: ServiceShape) => ({ app: migrationName(service), ...podLabels.migrations })

/** Longer than any migration should take; then it is ended and the old version goes on. */
const DEADLINE_SECONDS = 900

/** A Job that brings the database of a service up to date before its new pods start; a new one for each sync. */
export const migrationJob = (environment: ClusterEnvironment, service: ServiceShape): readonly Manifest[] => {
  const database = databaseSettings(environment, service)
  if (Object.keys(database).length === 0) return []
  const name = migrationName(service)
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: environment.namespaces.apps,
      labels: { ...labelsOf(service.name, name) },
      annotations: {
        ...wave('migrate'),
        'argocd.argoproj.io/hook': 'Sync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      },
    },
    spec: {
      backoffLimit: 4,
      activeDeadlineSeconds: DEADLINE_SECONDS,
      ttlSecondsAfterFinished: 86_400,
      template: {
        metadata: { labels: { ...labelsOf(service.name, name), ...migrationPodLabels(service) } },
        spec: {
          restartPolicy: 'Never',
          serviceAccountName: service.name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          priorityClassName: STANDARD_PRIORITY,
          terminationGracePeriodSeconds: 30,
          securityContext: podSecurity(SERVICE_UID),
          ...placement(environment, service.pool),
          containers: [
            {
              name: 'migrate',
              image: serviceImage(service.name),
              imagePullPolicy: 'IfNotPresent',
              args: ['migrate'],
              env: [...secretEnvironment(environment, service, [POSTGRES_PASSWORD]), ...plain(database)],
              resources: resourcesOf(environment.sizes.small.resources, '256Mi'),
              securityContext: containerSecurity(),
              volumeMounts: [tmpMount, trustMount],
            },
          ],
          volumes: [tmpVolume, trustVolume],
        },
      },
    },
  } satisfies IJob
  return [job]
}

const migrationName = ({ name }: ServiceShape): string => `${name}-migration`
