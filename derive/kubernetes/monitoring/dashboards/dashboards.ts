import type { Cluster } from '../../systems/system.ts'
import type { Dashboard } from './panel.ts'
import { overview, subjectDashboards, topicDashboard } from './platform.ts'
import { fileDashboards, serviceDashboards } from './services.ts'

/** Every page of Grafana, derived from what is declared and from what the cluster stands on. */
export const dashboards = ({ platform, environment, systems }: Cluster): readonly Dashboard[] => [
  overview(platform),
  topicDashboard(platform),
  ...subjectDashboards(platform),
  ...serviceDashboards(platform),
  ...fileDashboards(platform),
  ...systems.flatMap((system) => system.dashboard(environment) ?? []),
]
