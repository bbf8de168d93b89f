import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../kubernetes/cluster-environment.ts'
import { aks } from './aks.ts'
import { terraformText } from './document.ts'
import { eks } from './eks.ts'
import { gke } from './gke.ts'
import { type TerraformCloud, variableValues } from './variables.ts'

const configurations = { eks, gke, aks } as const

/**
 * Text by path: for each cloud one `main.tf.json`, the same for all environments, and what differs between them in
 * `<environment>.tfvars.json`. Clusters of one machine have none.
 */
export const terraformFiles = (
  platform: PlatformShape,
  environments: readonly ClusterEnvironment[],
): Readonly<Record<string, string>> => {
  const inClouds = environments.filter(({ cloud }) => cloud.kind !== 'kind')
  const [first] = inClouds
  if (first === undefined) return {}
  return Object.fromEntries(
    Object.entries(configurations).flatMap(([cloud, configuration]) => [
      [`terraform/${cloud}/main.tf.json`, terraformText(configuration(platform, first))],
      ...inClouds.map((environment) => [
        `terraform/${cloud}/${environment.name}.tfvars.json`,
        terraformText(variableValues(environment, cloud as TerraformCloud)),
      ]),
    ]),
  )
}
