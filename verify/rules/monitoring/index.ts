import type { Rule } from '../../types.ts'
import { alertRuleUnreadable, alertSeverityMissing, alertUndamped, alertUnexplained } from './alert-rules.ts'
import {
  dashboardDatasourceUnknown,
  dashboardPanelUnknown,
  grafanaDashboardsUnread,
  grafanaPluginDownload,
  grafanaPluginEnded,
} from './grafana-rules.ts'
import {
  prometheusAlertmanagerMissing,
  prometheusAnnotationUnused,
  prometheusClusterUnseen,
  prometheusLabelsMissing,
  prometheusRightsMissing,
  prometheusRulesMissing,
} from './prometheus-config.ts'
import {
  prometheusAdminExposed,
  prometheusRetentionSizeMissing,
  prometheusStorageMissing,
} from './prometheus-server.ts'

export const monitoringRules: readonly Rule[] = [
  prometheusRightsMissing,
  prometheusAnnotationUnused,
  prometheusLabelsMissing,
  prometheusClusterUnseen,
  prometheusRulesMissing,
  prometheusAlertmanagerMissing,
  prometheusAdminExposed,
  prometheusRetentionSizeMissing,
  prometheusStorageMissing,
  alertRuleUnreadable,
  alertSeverityMissing,
  alertUndamped,
  alertUnexplained,
  grafanaPluginEnded,
  grafanaPluginDownload,
  grafanaDashboardsUnread,
  dashboardPanelUnknown,
  dashboardDatasourceUnknown,
]
