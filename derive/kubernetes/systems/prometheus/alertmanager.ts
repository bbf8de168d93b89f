import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Component, labelsOf, type Manifest, NEVER_PRUNED } from '../../manifest.ts'
import { ALERTMANAGER_CONFIG } from '../../monitoring/service-names.ts'
import { tokenlessAccount } from '../../parts/accounts.ts'
import { podDisruptionBudget } from '../../parts/disruption.ts'
import { placement, podSecurity, resourcesOf, STANDARD_PRIORITY, spread } from '../../parts/pod.ts'
import { claimTemplate } from '../../parts/volumes.ts'
import { externalSecret } from '../../secrets/external-secret.ts'
import { alertmanagerConfig } from './alertmanager-config.ts'
import { NOBODY } from './component.ts'
import { PROMETHEUS } from './names.ts'

/** Alertmanagers that tell one another what was sent; its address comes from the secret manager. */
export const alertmanagerComponent = (platform: PlatformShape, environment: ClusterEnvironment): Component => ({
  name: 'alertmanager',
  group: 'monitoring',
  files: {
    'service-account': [account(environment)],
    secret: [
      externalSecret(environment, {
        name: ALERTMANAGER_CONFIG,
        namespace: environment.namespaces.monitoring,
        component: 'alertmanager',
        from: { webhookUrl: { entry: 'alertmanager', property: 'webhookUrl' } },
        template: { 'alertmanager.yaml': alertmanagerConfig(platform) },
      }),
    ],
    alertmanager: [server(environment)],
    'disruption-budget': [disruptionBudget(environment)],
  },
})

const metadata = ({ namespaces }: ClusterEnvironment, name = 'alertmanager') => ({
  name,
  namespace: namespaces.monitoring,
  labels: { ...labelsOf('alertmanager') },
})

const account = (environment: ClusterEnvironment) => tokenlessAccount(metadata(environment))

const server = (environment: ClusterEnvironment): Manifest => {
  const { monitoring, images, versions } = environment
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Alertmanager',
    metadata: { ...metadata(environment, PROMETHEUS.names.alertmanager), annotations: NEVER_PRUNED },
    spec: {
      version: versions.alertmanager,
      image: images.alertmanager,
      imagePullPolicy: 'IfNotPresent',
      replicas: monitoring.alertmanagerReplicas,
      retention: '120h',
      configSecret: ALERTMANAGER_CONFIG,
      serviceAccountName: 'alertmanager',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      storage: { volumeClaimTemplate: claimTemplate(monitoring.alertmanagerStorage) },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      resources: resourcesOf(monitoring.alertmanager),
      securityContext: podSecurity(NOBODY),
      priorityClassName: STANDARD_PRIORITY,
      terminationGracePeriodSeconds: 120,
      podMetadata: { labels: { ...labelsOf('alertmanager') } },
      ...placement(environment, 'general-purpose'),
      ...spread(PROMETHEUS.pods.alertmanager),
    },
  }
}

const disruptionBudget = (environment: ClusterEnvironment) =>
  podDisruptionBudget(metadata(environment), PROMETHEUS.pods.alertmanager)
