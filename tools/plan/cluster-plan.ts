import { type ClusterEnvironment, components, nodePools, toYaml } from '@knowton/derive'
import { platform } from '@knowton/system'
import { createWorld, joinLoadings, loadText } from '@knowton/verify'
import { poolsOf } from '../verify/context.ts'
import { type Plan, planOf } from './plan.ts'

/** Plans a cluster of this repository from what is derived for it. */
export const clusterPlan = (environment: ClusterEnvironment, today: Date): Plan => {
  const loadings = components(platform, environment).flatMap(({ name, files }) =>
    Object.entries(files).map(([file, objects]) => loadText(toYaml(objects), `${name}/${file}.yaml`)),
  )
  const world = createWorld(joinLoadings(loadings), {
    kubernetesVersion: environment.kubernetesVersion,
    today,
    pools: poolsOf(environment),
    flows: undefined,
    external: [],
  })
  return planOf(
    environment.name,
    world,
    new Map(nodePools(environment)?.map(({ name, instanceType }) => [name, instanceType])),
  )
}
