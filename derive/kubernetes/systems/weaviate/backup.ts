import type { ICronJob } from 'kubernetes-models/batch/v1'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf } from '../../manifest.ts'
import { containerSecurity, placement, podSecurity, resourcesOf, STANDARD_PRIORITY } from '../../parts/pod.ts'
import { weaviateBackup } from '../object-store/access.ts'
import { WEAVIATE } from './names.ts'
import { WEAVIATE_SECRET, WEAVIATE_UID, weaviatePorts } from './settings.ts'

const NAME = 'weaviate-backup'

/** Asks for a backup under the name of the day and the hour, and waits until it has come to its end. */
const script = `set -eu
url=http://${WEAVIATE.names.weaviate}:${weaviatePorts.http}/v1/backups/$BACKEND
id=$(date -u +%Y%m%d-%H%M)
ask() { wget -q -O - --header "Authorization: Bearer $API_KEY" --header 'Content-Type: application/json' "$@"; }
ask --post-data "{\\"id\\":\\"$id\\"}" "$url"
while sleep 10; do
  state=$(ask "$url/$id")
  case $state in
    *'"status":"SUCCESS"'*) exit 0 ;;
    *'"status":"FAILED"'* | *'"status":"CANCELED"'*) echo "$state" >&2; exit 1 ;;
  esac
done
`

/** Weaviate makes backups only when it is asked: every night at three. */
export const backupJob = (environment: ClusterEnvironment) =>
  ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: NAME, namespace: environment.namespaces.data, labels: labelsOf('weaviate', NAME) },
    spec: {
      schedule: '0 3 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: 6 * 3600,
          ttlSecondsAfterFinished: 24 * 3600,
          template: {
            metadata: { labels: { ...labelsOf('weaviate', NAME), ...WEAVIATE.pods.backup } },
            spec: {
              restartPolicy: 'Never',
              serviceAccountName: WEAVIATE.names.weaviate,
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              securityContext: podSecurity(WEAVIATE_UID),
              priorityClassName: STANDARD_PRIORITY,
              ...placement(environment, 'general-purpose'),
              containers: [askingContainer(environment)],
            },
          },
        },
      },
    },
  }) satisfies ICronJob

const askingContainer = (environment: ClusterEnvironment) => ({
  name: 'backup',
  image: environment.images.weaviate,
  imagePullPolicy: 'IfNotPresent' as const,
  command: ['/bin/sh', '-c', script],
  env: [
    { name: 'BACKEND', value: weaviateBackup(environment).module.replace('backup-', '') },
    { name: 'API_KEY', valueFrom: { secretKeyRef: { name: WEAVIATE_SECRET, key: 'apiKey' } } },
  ],
  resources: resourcesOf(
    { cpu: { request: '10m', limit: '100m' }, memory: { request: '16Mi', limit: '64Mi' } },
    '16Mi',
  ),
  securityContext: containerSecurity(),
})
