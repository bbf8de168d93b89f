import { type Answers, because, dropped, moved } from '../answer.ts'

const PROMETHEUS = 'Prometheus/knowton'
const BY_OPERATOR = 'The operator of Prometheus makes the pods, and gives each its own volume.'
const BY_ANNOTATION = 'No pod carries such annotations; a PodMonitor names every system.'
const job = (name: string, monitor: string): Answers => ({
  [`data.prometheus.yml » scrape_configs[${name}].job_name`]: moved(
    `PodMonitor/${monitor}`,
    'metadata.name',
    'Named for what it watches.',
  ),
  [`data.prometheus.yml » scrape_configs[${name}].static_configs[0].targets[0]`]: moved(
    `PodMonitor/${monitor}`,
    'kind',
    'The address does not exist; a PodMonitor finds the pods.',
  ),
})
const GRAFANA = 'Deployment/grafana'
const PROVISIONED =
  'Data sources, the list of dashboards and each dashboard are ConfigMaps with names of their own; in that folder a dashboard alone would not be read.'
const POD = 'spec.template.spec.containers[grafana]'

/** Prometheus and Grafana. */
export const monitoringAnswers: Readonly<Record<string, Answers>> = {
  'ConfigMap/prometheus-config': {
    '': dropped(BY_OPERATOR),
    'metadata.namespace': moved(PROMETHEUS, 'metadata.namespace'),
    'data.prometheus.yml » global.scrape_interval': moved(PROMETHEUS, 'spec.scrapeInterval'),
    'data.prometheus.yml » global.evaluation_interval': moved(PROMETHEUS, 'spec.evaluationInterval'),
    'data.prometheus.yml » scrape_configs[kubernetes-pods]': dropped(BY_ANNOTATION),
    ...job('kafka', 'kafka'),
    ...job('postgres', 'postgres'),
    ...job('redis', 'redis-leader'),
    ...job('clickhouse', 'clickhouse'),
  },
  'Deployment/prometheus': {
    '': dropped(BY_OPERATOR),
    'metadata.namespace': moved(PROMETHEUS, 'metadata.namespace'),
    'spec.replicas': moved(PROMETHEUS, 'spec.replicas'),
    'spec.template.spec.serviceAccountName': moved(PROMETHEUS, 'spec.serviceAccountName'),
    'spec.template.spec.containers[prometheus].image': moved(
      PROMETHEUS,
      'spec.image',
      '2.48 ended long ago; 3.13 is the line with long-term support.',
    ),
    'spec.template.spec.containers[prometheus].args[2]': moved(
      PROMETHEUS,
      'spec.retention',
      'The same 30 days; a limit by size keeps the volume from filling.',
    ),
    'spec.template.spec.containers[prometheus].args[3]': dropped(
      'Anybody in the cluster could stop it; the operator reloads it without that.',
    ),
    'spec.template.spec.containers[prometheus].resources': moved(PROMETHEUS, 'spec.resources'),
    'spec.template.spec.volumes[storage].persistentVolumeClaim.claimName': moved(
      PROMETHEUS,
      'spec.storage.volumeClaimTemplate.spec.resources.requests.storage',
      'Two replicas cannot share one volume; each has its own.',
    ),
  },
  [GRAFANA]: {
    [`${POD}.image`]: because('10.2 is no longer supported.'),
    [`${POD}.ports[0].containerPort`]: moved(GRAFANA, `${POD}.ports[http].containerPort`),
    [`${POD}.env[GF_SECURITY_ADMIN_PASSWORD].name`]: moved(
      GRAFANA,
      `${POD}.env[GF_SECURITY_ADMIN_PASSWORD__FILE].name`,
      'Read from a file, so that it stands in no list of variables.',
    ),
    [`${POD}.env[GF_SECURITY_ADMIN_PASSWORD].valueFrom.secretKeyRef.name`]: moved(
      'ExternalSecret/grafana-credentials',
      'spec.target.name',
    ),
    [`${POD}.env[GF_SECURITY_ADMIN_PASSWORD].valueFrom.secretKeyRef.key`]: moved(
      'ExternalSecret/grafana-credentials',
      'spec.data[1].remoteRef.property',
      'Called like the property of the secret manager.',
    ),
    [`${POD}.volumeMounts[grafana-datasources]`]: dropped(PROVISIONED),
    [`${POD}.volumeMounts[grafana-dashboards]`]: dropped(PROVISIONED),
    'spec.template.spec.volumes[grafana-datasources]': dropped(PROVISIONED),
    'spec.template.spec.volumes[grafana-dashboards]': dropped(PROVISIONED),
    [`${POD}.env[GF_INSTALL_PLUGINS]`]: dropped(
      'Both plugins are dead; pie charts and maps are panels of Grafana itself.',
    ),
    [`${POD}.volumeMounts[grafana-storage]`]: dropped('Everything is provisioned; there is nothing to keep.'),
    'spec.template.spec.volumes[grafana-storage]': dropped('Everything is provisioned; there is nothing to keep.'),
  },
}
