import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../../cluster-environment.ts'
import type { Dashboard } from './panel.ts'
import { overview, subjectDashboards, topicDashboard } from './platform.ts'
import { fileDashboards, serviceDashboards } from './services.ts'
import { systemDashboards } from './systems.ts'

/** Every page of Grafana, derived from what is declared. */
export const dashboards = (platform: PlatformShape, environment: ClusterEnvironment): readonly Dashboard[] => [
  overview(platform),
  topicDashboard(platform),
  ...subjectDashboards(platform),
  ...serviceDashboards(platform),
  ...fileDashboards(platform),
  ...systemDashboards(environment),
]
