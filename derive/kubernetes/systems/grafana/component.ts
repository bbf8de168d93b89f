import type { IDeployment } from 'kubernetes-models/apps/v1'
import type { IConfigMap, IService } from 'kubernetes-models/v1'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { type Component, checksum, labelsOf } from '../../manifest.ts'
import { dashboardJson } from '../../monitoring/dashboards/dashboard-json.ts'
import { dashboards } from '../../monitoring/dashboards/dashboards.ts'
import type { Dashboard } from '../../monitoring/dashboards/panel.ts'
import { GRAFANA_CREDENTIALS } from '../../monitoring/service-names.ts'
import { tokenlessAccount } from '../../parts/accounts.ts'
import { podDisruptionBudget } from '../../parts/disruption.ts'
import { containerSecurity, placement, podSecurity, resourcesOf, STANDARD_PRIORITY, spread } from '../../parts/pod.ts'
import { scratchVolume, tmpMount, tmpVolume } from '../../parts/volumes.ts'
import { externalSecret } from '../../secrets/external-secret.ts'
import type { Cluster } from '../system.ts'
import { GRAFANA } from './names.ts'
import { DASHBOARD_FOLDER, provisioning } from './provisioning.ts'
import { grafanaSettings } from './settings.ts'

/** The user of Grafana’s image. */
const UID = 472
const SECRET_FOLDER = '/etc/grafana/admin'

/** Grafana. All that it shows is provisioned; its own database holds sessions and preferences and goes with the pod. */
export const grafanaComponent = (cluster: Cluster): Component => {
  const { environment } = cluster
  const pages = dashboards(cluster)
  return {
    name: 'grafana',
    group: 'monitoring',
    files: {
      'service-account': [account(environment)],
      secret: [
        externalSecret(environment, {
          name: GRAFANA_CREDENTIALS,
          namespace: environment.namespaces.monitoring,
          component: 'grafana',
          from: {
            username: { entry: 'grafana', property: 'username' },
            password: { entry: 'grafana', property: 'password' },
            secretKey: { entry: 'grafana', property: 'secretKey' },
          },
        }),
      ],
      provisioning: [configMap(environment, 'grafana-provisioning', provisioning(environment))],
      deployment: [deployment(environment, pages)],
      service: [service(environment)],
      'disruption-budget': [disruptionBudget(environment)],
      ...Object.fromEntries(pages.map((page) => [`dashboard-${page.uid}`, [dashboardMap(environment, page)]])),
    },
  }
}

const metadata = ({ namespaces }: ClusterEnvironment, name: string = GRAFANA.names.grafana) => ({
  name,
  namespace: namespaces.monitoring,
  labels: { ...labelsOf('grafana') },
})

const account = (environment: ClusterEnvironment) => tokenlessAccount(metadata(environment))

const configMap = (environment: ClusterEnvironment, name: string, data: Readonly<Record<string, string>>) =>
  ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(environment, name),
    data: { ...data },
  }) satisfies IConfigMap

const dashboardMap = (environment: ClusterEnvironment, page: Dashboard) =>
  configMap(environment, `grafana-dashboard-${page.uid}`, { [`${page.uid}.json`]: dashboardJson(page) })

const deployment = (environment: ClusterEnvironment, pages: readonly Dashboard[]) => {
  const labels = { ...labelsOf('grafana'), ...GRAFANA.pods.grafana }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(environment),
    spec: {
      replicas: environment.monitoring.grafanaReplicas,
      revisionHistoryLimit: 3,
      selector: { matchLabels: { ...GRAFANA.pods.grafana } },
      template: {
        metadata: {
          labels,
          // provisioned datasources are read at the start only; dashboards are read again by themselves
          annotations: { 'checksum/provisioning': checksum(provisioning(environment)) },
        },
        spec: {
          serviceAccountName: GRAFANA.names.grafana,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          priorityClassName: STANDARD_PRIORITY,
          terminationGracePeriodSeconds: 30,
          securityContext: podSecurity(UID),
          ...placement(environment, 'general-purpose'),
          ...spread(GRAFANA.pods.grafana),
          containers: [container(environment)],
          volumes: volumes(pages),
        },
      },
    },
  } satisfies IDeployment
}

const container = ({ images, monitoring }: ClusterEnvironment) => {
  const get = { path: '/api/health', port: 'http' }
  return {
    name: 'grafana',
    image: images.grafana,
    imagePullPolicy: 'IfNotPresent' as const,
    env: grafanaSettings(SECRET_FOLDER),
    ports: [{ name: 'http', containerPort: GRAFANA.ports.http, protocol: 'TCP' as const }],
    // sees whether its database answers; the other only whether it listens
    readinessProbe: { httpGet: get, periodSeconds: 10, timeoutSeconds: 5 },
    livenessProbe: {
      httpGet: { path: '/healthz', port: 'http' },
      periodSeconds: 20,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
    startupProbe: { httpGet: get, periodSeconds: 5, failureThreshold: 60 },
    resources: resourcesOf(monitoring.grafana),
    securityContext: containerSecurity(),
    volumeMounts: [
      { name: 'state', mountPath: '/var/lib/grafana' },
      tmpMount,
      { name: 'admin', mountPath: SECRET_FOLDER, readOnly: true },
      { name: 'provisioning', mountPath: '/etc/grafana/provisioning', readOnly: true },
      { name: 'dashboards', mountPath: DASHBOARD_FOLDER, readOnly: true },
    ],
  }
}

const volumes = (pages: readonly Dashboard[]) => [
  scratchVolume('state', '512Mi'),
  tmpVolume,
  { name: 'admin', secret: { secretName: GRAFANA_CREDENTIALS, defaultMode: 0o440 } },
  {
    name: 'provisioning',
    configMap: {
      name: 'grafana-provisioning',
      items: [
        { key: 'datasources.yaml', path: 'datasources/datasources.yaml' },
        { key: 'dashboards.yaml', path: 'dashboards/dashboards.yaml' },
      ],
    },
  },
  {
    name: 'dashboards',
    projected: { sources: pages.map(({ uid }) => ({ configMap: { name: `grafana-dashboard-${uid}` } })) },
  },
]

const service = (environment: ClusterEnvironment) =>
  ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(environment),
    spec: {
      type: 'ClusterIP',
      selector: { ...GRAFANA.pods.grafana },
      ports: [{ name: 'http', port: GRAFANA.ports.http, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    },
  }) satisfies IService

const disruptionBudget = (environment: ClusterEnvironment) =>
  podDisruptionBudget(metadata(environment), GRAFANA.pods.grafana)
