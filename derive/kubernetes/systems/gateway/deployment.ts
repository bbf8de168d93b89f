import type { PlatformShape } from '@knowton/core'
import type { IDeployment } from 'kubernetes-models/apps/v1'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { labelsOf } from '../../manifest.ts'
import { CRITICAL_PRIORITY, containerSecurity, placement, podSecurity, resourcesOf, spread } from '../../parts/pod.ts'
import { trustMount, trustVolume } from '../../parts/trust.ts'
import { scratchVolume, tmpMount, tmpVolume } from '../../parts/volumes.ts'
import { certificateWatch } from './certificate-watch.ts'
import { KONG_FILES, kongEnvironment } from './kong-environment.ts'
import { KONG_SECRET, kongYmlKey } from './kong-secret.ts'
import { GATEWAY } from './names.ts'

/** The user `kong` of the image. */
const KONG_UID = 1000
/** Until no load balancer sends new connections to an ending pod. */
const UNLISTED_SECONDS = 15
/** Then what is under way has this long; streams and uploads that last longer are cut and taken up elsewhere. */
const QUIT_SECONDS = 60

/** The Secret with the certificate that the world sees. */
export const GATEWAY_CERTIFICATE = `${GATEWAY.names.gateway}-tls`

/** The gateways; how many there are is their autoscaler's to say. */
export const gatewayDeployment = (platform: PlatformShape, environment: ClusterEnvironment) =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: GATEWAY.names.gateway,
      namespace: environment.namespaces.apps,
      labels: { ...labelsOf('gateway', GATEWAY.names.gateway) },
    },
    spec: {
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 600,
      minReadySeconds: 5,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      selector: { matchLabels: GATEWAY.pods.gateway },
      template: {
        metadata: {
          labels: { ...labelsOf('gateway', GATEWAY.names.gateway), ...GATEWAY.pods.gateway },
          annotations: { 'checksum/config': kongYmlKey(platform, environment) },
        },
        spec: {
          serviceAccountName: GATEWAY.names.gateway,
          automountServiceAccountToken: false,
          // Kong takes variables that begin with KONG_ for settings, and those of a Service called kong-gateway do
          enableServiceLinks: false,
          shareProcessNamespace: true,
          priorityClassName: CRITICAL_PRIORITY,
          terminationGracePeriodSeconds: UNLISTED_SECONDS + QUIT_SECONDS + 15,
          securityContext: podSecurity(KONG_UID),
          ...placement(environment, 'general-purpose'),
          ...spread(GATEWAY.pods.gateway),
          initContainers: [certificateWatch(environment)],
          containers: [kong(environment)],
          volumes: [
            tmpVolume,
            trustVolume,
            scratchVolume('prefix', '512Mi'),
            {
              name: 'declarative',
              secret: {
                secretName: KONG_SECRET,
                defaultMode: 0o440,
                items: [{ key: kongYmlKey(platform, environment), path: 'kong.yml' }],
              },
            },
            { name: 'certificate', secret: { secretName: GATEWAY_CERTIFICATE, defaultMode: 0o440 } },
          ],
        },
      },
    },
  }) satisfies IDeployment

const kong = (environment: ClusterEnvironment) => ({
  name: 'kong',
  image: environment.images.kong,
  imagePullPolicy: 'IfNotPresent' as const,
  ports: [
    { name: 'proxy', containerPort: GATEWAY.ports.proxy[0], protocol: 'TCP' as const },
    { name: 'proxy-tls', containerPort: GATEWAY.ports.proxy[1], protocol: 'TCP' as const },
    { name: 'status', containerPort: GATEWAY.ports.status, protocol: 'TCP' as const },
  ],
  env: [...kongEnvironment(environment)],
  startupProbe: { ...probe('/status'), periodSeconds: 2, failureThreshold: 60, timeoutSeconds: 2 },
  livenessProbe: { ...probe('/status'), periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 5 },
  readinessProbe: { ...probe('/status/ready'), periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 3 },
  lifecycle: {
    preStop: { exec: { command: ['kong', 'quit', `--wait=${UNLISTED_SECONDS}`, `--timeout=${QUIT_SECONDS}`] } },
  },
  resources: resourcesOf(environment.gateway.resources),
  securityContext: containerSecurity(),
  volumeMounts: [
    tmpMount,
    trustMount,
    { name: 'prefix', mountPath: KONG_FILES.prefix },
    { name: 'declarative', mountPath: KONG_FILES.declarative, readOnly: true },
    { name: 'certificate', mountPath: KONG_FILES.certificate, readOnly: true },
  ],
})

const probe = (path: string) => ({ httpGet: { path, port: 'status' } })
