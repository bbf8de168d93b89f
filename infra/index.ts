import { local as localCluster } from './clusters/local.ts'
import { production } from './clusters/production.ts'
import { staging } from './clusters/staging.ts'
import { local } from './environments/local.ts'
import { test } from './environments/test.ts'

export { argoVersion, delivery, workflowSettings } from './delivery.ts'
export { lock } from './image-references.ts'
export { operators } from './operators.ts'
export { images } from './versions.ts'

/** Every installation that is described here, by name. */
export const environments = { local, test } as const
export type EnvironmentName = keyof typeof environments

/** Every cluster that manifests are rendered for, by name of its overlay. */
export const clusters = { local: localCluster, staging, production } as const
export type ClusterName = keyof typeof clusters
