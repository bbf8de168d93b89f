import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.ts'
import { testFamily } from '../../testing/family-suite.ts'
import { findingsOf } from '../../testing/world-of.ts'
import { grafanaDashboardsUnread } from './grafana-rules.ts'
import { monitoringRules } from './index.ts'

const right = `
apiVersion: v1
kind: ConfigMap
metadata: { name: prometheus, namespace: watch }
data:
  prometheus.yml: |
    rule_files: [/rules/*.yml]
    alerting: { alertmanagers: [{ static_configs: [{ targets: ["alertmanager:9093"] }] }] }
    scrape_configs:
      - job_name: kubelet
        kubernetes_sd_configs: [{ role: node }]
        relabel_configs: [{ action: labelmap, regex: __meta_kubernetes_node_label_(.+) }]
      - job_name: kube-state-metrics
        static_configs: [{ targets: ["kube-state-metrics:8080"] }]
      - job_name: node-exporter
        static_configs: [{ targets: ["node-exporter:9100"] }]
      - job_name: pods
        kubernetes_sd_configs: [{ role: pod }]
        relabel_configs:
          - { action: keep, source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape], regex: "true" }
          - { action: replace, source_labels: [__meta_kubernetes_namespace], target_label: namespace }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: prometheus }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: prometheus, namespace: watch }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: prometheus, namespace: watch }
spec:
  selector: { matchLabels: { app: prometheus } }
  template:
    metadata: { labels: { app: prometheus }, annotations: { prometheus.io/scrape: "true" } }
    spec:
      serviceAccountName: prometheus
      containers:
        - name: prometheus
          image: prom/prometheus:v3.13.2
          args: [--config.file=/etc/prometheus/prometheus.yml, --storage.tsdb.retention.size=160GB]
          volumeMounts: [{ name: config, mountPath: /etc/prometheus }]
      volumes: [{ name: config, configMap: { name: prometheus } }]
---
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: main, namespace: watch }
spec:
  ruleSelector: {}
  alerting: { alertmanagers: [{ name: main, namespace: watch, port: web }] }
  retentionSize: 160GB
  storage: { volumeClaimTemplate: { spec: {} } }
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: shop, namespace: watch }
spec:
  groups:
    - name: shop
      rules:
        - record: shop:requests:rate5m
          expr: sum(rate(requests_total{job=~"shop(s)?"}[5m]))
        - alert: ShopDown
          expr: up{job="shop"} == 0
          for: 5m
          labels: { severity: page }
          annotations: { summary: The shop is down. }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: datasources, namespace: watch }
data:
  datasources.yaml: |
    apiVersion: 1
    datasources: [{ name: Prometheus, type: prometheus, uid: prometheus }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: providers, namespace: watch }
data:
  providers.yaml: |
    apiVersion: 1
    providers: [{ name: shop, type: file, options: { path: /dashboards } }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: dashboards, namespace: watch }
data:
  shop.json: |
    { "title": "Shop", "panels": [
      { "type": "row", "title": "All", "panels": [
        { "type": "timeseries", "title": "Rate", "datasource": { "uid": "prometheus" }, "targets": [] } ] } ] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: grafana, namespace: watch }
spec:
  selector: { matchLabels: { app: grafana } }
  template:
    metadata: { labels: { app: grafana } }
    spec:
      containers:
        - name: grafana
          image: grafana/grafana:13.2.0
          env: [{ name: GF_LOG_LEVEL, value: info }]
          volumeMounts:
            - { name: datasources, mountPath: /etc/grafana/provisioning/datasources }
            - { name: providers, mountPath: /etc/grafana/provisioning/dashboards }
            - { name: dashboards, mountPath: /dashboards }
      volumes:
        - { name: datasources, configMap: { name: datasources } }
        - { name: providers, configMap: { name: providers } }
        - { name: dashboards, configMap: { name: dashboards } }
`
const config = { on: 'ConfigMap/prometheus', path: 'data.prometheus.yml' } as const
const container = 'spec.template.spec.containers[0]'
const rule = 'spec.groups[0].rules'

testFamily(monitoringRules, right, [
  {
    rule: 'prometheus-rights-missing',
    from: 'name: prometheus, namespace: watch }]',
    to: 'name: other, namespace: watch }]',
    on: 'Deployment/prometheus',
    path: 'spec.template.spec.serviceAccountName',
    says: 'forbidden',
  },
  {
    rule: 'prometheus-annotation-unused',
    from: ', annotations: { prometheus.io/scrape: "true" }',
    to: '',
    ...config,
    says: 'The job pods will scrape nothing',
  },
  {
    rule: 'prometheus-labels-missing',
    from: 'target_label: namespace',
    to: 'target_label: __param_x',
    ...config,
    says: 'the job pods tell pods apart by their address only',
  },
  {
    rule: 'prometheus-cluster-unseen',
    from: 'job_name: kube-state-metrics\n        static_configs: [{ targets: ["kube-state-metrics:8080"] }]',
    to: 'job_name: other\n        static_configs: [{ targets: ["other:8080"] }]',
    ...config,
    says: 'no job for kube-state-metrics',
  },
  { rule: 'prometheus-rules-missing', from: '    rule_files: [/rules/*.yml]\n', to: '', ...config, says: 'no rules' },
  {
    rule: 'prometheus-rules-missing',
    from: '  ruleSelector: {}\n',
    to: '',
    on: 'Prometheus/main',
    path: 'spec.ruleSelector',
    says: 'no rules',
  },
  {
    rule: 'prometheus-alertmanager-missing',
    from: '    alerting: { alertmanagers: [{ static_configs: [{ targets: ["alertmanager:9093"] }] }] }\n',
    to: '',
    ...config,
    says: 'no Alertmanager',
  },
  {
    rule: 'prometheus-alertmanager-missing',
    from: '  alerting: { alertmanagers: [{ name: main, namespace: watch, port: web }] }\n',
    to: '',
    on: 'Prometheus/main',
    path: 'spec.alerting',
    says: 'no Alertmanager',
  },
  {
    rule: 'prometheus-admin-exposed',
    from: '--storage.tsdb.retention.size=160GB',
    to: '--storage.tsdb.retention.size=160GB, --web.enable-lifecycle',
    on: 'Deployment/prometheus',
    path: `${container}.args`,
    says: '/-/quit',
  },
  {
    rule: 'prometheus-admin-exposed',
    from: '  retentionSize: 160GB',
    to: '  retentionSize: 160GB\n  enableAdminAPI: true',
    on: 'Prometheus/main',
    path: 'spec.enableAdminAPI',
    says: 'delete what was measured',
  },
  {
    rule: 'prometheus-retention-size-missing',
    from: ', --storage.tsdb.retention.size=160GB',
    to: '',
    on: 'Deployment/prometheus',
    path: `${container}.args`,
    says: 'by time only',
  },
  {
    rule: 'prometheus-storage-missing',
    from: '  storage: { volumeClaimTemplate: { spec: {} } }\n',
    to: '',
    on: 'Prometheus/main',
    path: 'spec.storage',
    says: 'emptyDir',
  },
  {
    rule: 'alert-rule-unreadable',
    from: '[5m]))',
    to: '[5m])',
    on: 'PrometheusRule/shop',
    path: `${rule}[0].expr`,
    says: 'shop:requests:rate5m has brackets',
  },
  {
    rule: 'alert-rule-unreadable',
    from: 'expr: up{job="shop"} == 0',
    to: 'expr: ""',
    on: 'PrometheusRule/shop',
    path: `${rule}[1].expr`,
    says: 'ShopDown is empty',
  },
  {
    rule: 'alert-severity-missing',
    from: '{ severity: page }',
    to: '{ team: shop }',
    on: 'PrometheusRule/shop',
    path: `${rule}[1].labels`,
    says: 'ShopDown',
  },
  {
    rule: 'alert-undamped',
    from: '          for: 5m\n',
    to: '',
    on: 'PrometheusRule/shop',
    path: `${rule}[1].for`,
    says: 'single sample',
  },
  {
    rule: 'alert-unexplained',
    from: '{ summary: The shop is down. }',
    to: '{ runbook_url: "https://shop.example" }',
    on: 'PrometheusRule/shop',
    path: `${rule}[1].annotations`,
    says: 'told its name only',
  },
  {
    rule: 'grafana-plugin-ended',
    from: 'name: GF_LOG_LEVEL, value: info',
    to: 'name: GF_INSTALL_PLUGINS, value: "grafana-worldmap-panel 1.0.6,marcusolsson-json-datasource"',
    on: 'Deployment/grafana',
    path: `${container}.env[0]`,
    says: 'Panels of grafana-worldmap-panel',
  },
  {
    rule: 'grafana-plugin-download',
    from: 'name: GF_LOG_LEVEL, value: info',
    to: 'name: GF_PLUGINS_PREINSTALL, value: some-panel',
    on: 'Deployment/grafana',
    path: `${container}.env[0]`,
    says: 'needs the internet',
  },
  {
    rule: 'grafana-dashboards-unread',
    from: 'providers.yaml: |',
    to: 'providers.json: |',
    on: 'Deployment/grafana',
    path: `${container}.volumeMounts[1]`,
    says: 'reads only provider files',
    severity: 'error',
  },
  {
    rule: 'dashboard-panel-unknown',
    from: '"timeseries"',
    to: '"graph"',
    on: 'ConfigMap/dashboards',
    path: 'data.shop.json',
    says: 'no panel graph any more',
  },
  {
    rule: 'dashboard-datasource-unknown',
    from: '"uid": "prometheus"',
    to: '"uid": "thanos"',
    on: 'ConfigMap/dashboards',
    path: 'data.shop.json',
    says: 'the uid thanos',
  },
])

test('a volume that is not in the files may hold providers, if another holds the dashboards', () => {
  const unknown = edited(right, 'configMap: { name: providers }', 'configMap: { name: elsewhere }')
  expect(findingsOf(grafanaDashboardsUnread, unknown)).toEqual([])
  const alone = edited(unknown, '            - { name: dashboards, mountPath: /dashboards }\n', '')
  expect(findingsOf(grafanaDashboardsUnread, alone).map(({ severity }) => severity)).toEqual(['warning'])
})
