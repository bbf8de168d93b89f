import { stringify } from 'yaml'
import { authority, serviceHost } from '../../addresses.ts'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import { DATASOURCE_UID } from '../../monitoring/dashboards/dashboard-json.ts'
import { PROMETHEUS_SERVICE } from '../../monitoring/service-names.ts'
import { PROMETHEUS } from '../prometheus/names.ts'

/** Where the files of the dashboards are mounted. */
export const DASHBOARD_FOLDER = '/etc/grafana/dashboards'

/** What Grafana reads when it starts: the one datasource, and where the dashboards lie. */
export const provisioning = ({ namespaces }: ClusterEnvironment): Readonly<Record<string, string>> => {
  const prometheus = { host: serviceHost(PROMETHEUS_SERVICE, namespaces.monitoring), port: PROMETHEUS.ports.prometheus }
  return {
    'datasources.yaml': stringify({
      apiVersion: 1,
      prune: true,
      datasources: [
        {
          name: 'Prometheus',
          uid: DATASOURCE_UID,
          type: 'prometheus',
          access: 'proxy',
          url: `http://${authority(prometheus)}`,
          isDefault: true,
          editable: false,
          jsonData: { httpMethod: 'POST', timeInterval: '15s', prometheusType: 'Prometheus' },
        },
      ],
    }),
    'dashboards.yaml': stringify({
      apiVersion: 1,
      providers: [
        {
          name: 'knowton',
          type: 'file',
          disableDeletion: true,
          allowUiUpdates: false,
          updateIntervalSeconds: 30,
          options: { path: DASHBOARD_FOLDER },
        },
      ],
    }),
  }
}
