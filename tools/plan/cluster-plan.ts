import { type ClusterEnvironment, components, nodePools, toYaml } from '@knowton/derive'
import { platform } from '@knowton/system'
import { createWorld, joinLoadings, loadText } from '@knowton/verify'
import { type Plan, planOf } from './plan.ts'

/** Plans a cluster of this repository from what is derived for it. */
export const clusterPlan = (environment: ClusterEnvironment, today: Date): Plan => {
  const pools = nodePools(environment)
  const loadings = components(platform, environment).flatMap(({ name, files }) =>
    Object.entries(files).map(([file, objects]) => loadText(toYaml(objects), `${name}/${file}.yaml`)),
  )
  const world = createWorld(joinLoadings(loadings), {
    kubernetesVersion: environment.kubernetesVersion,
    today,
    pools,
    flows: undefined,
    external: [],
  })
  return planOf(environment.name, world, new Map((pools ?? []).map((pool) => [pool.name, pool.instanceType])))
}
