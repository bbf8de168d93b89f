import { type Answers, because, dropped, moved } from '../answer.ts'

const PROMETHEUS = 'Prometheus/knowton'
const BY_OPERATOR = 'The operator of Prometheus makes the pods, and gives each its own volume.'
const BY_ANNOTATION = 'No pod carries such annotations; a PodMonitor names every system.'
const target = (monitor: string) =>
  moved(`PodMonitor/${monitor}`, 'kind', 'The address does not exist; a PodMonitor finds the pods.')
const GRAFANA = 'Deployment/grafana'
const POD = 'spec.template.spec.containers[grafana]'

/** Prometheus and Grafana. */
export const monitoringAnswers: Readonly<Record<string, Answers>> = {
  'ConfigMap/prometheus-config': {
    '': dropped(BY_OPERATOR),
    'metadata.namespace': moved(PROMETHEUS, 'metadata.namespace'),
    'data.prometheus.yml » global.scrape_interval': moved(PROMETHEUS, 'spec.scrapeInterval'),
    'data.prometheus.yml » global.evaluation_interval': moved(PROMETHEUS, 'spec.evaluationInterval'),
    'data.prometheus.yml » scrape_configs[kubernetes-pods]': dropped(BY_ANNOTATION),
    'data.prometheus.yml » scrape_configs[kafka]': target('kafka'),
    'data.prometheus.yml » scrape_configs[postgres]': target('postgres'),
    'data.prometheus.yml » scrape_configs[redis]': target('redis'),
    'data.prometheus.yml » scrape_configs[clickhouse]': target('clickhouse'),
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
    [`${POD}.env[GF_INSTALL_PLUGINS]`]: dropped(
      'Both plugins are dead; pie charts and maps are panels of Grafana itself.',
    ),
    [`${POD}.volumeMounts[grafana-storage]`]: dropped('Everything is provisioned; there is nothing to keep.'),
    'spec.template.spec.volumes[grafana-storage]': dropped('Everything is provisioned; there is nothing to keep.'),
  },
}
