import type { JsonObject, Loaded, World } from '../../types.ts'
import { objectOf, objectsAt, objectsOf, wholeNumber } from '../../values.ts'

/** A ClickHouse installation of Altinity's operator. */
export type Installation = {
  readonly object: Loaded
  readonly spec: JsonObject
  /** `spec.configuration` */
  readonly configuration: JsonObject
  readonly settings: JsonObject
  readonly clusters: readonly InstalledCluster[]
  readonly podTemplates: readonly JsonObject[]
}

export type InstalledCluster = {
  readonly cluster: JsonObject
  readonly path: string
  readonly shards: number
  readonly replicas: number
}

/** Every ClickHouse installation of the files. */
export const installations = (world: World): readonly Installation[] =>
  world.ofKind('ClickHouseInstallation', 'clickhouse.altinity.com').map((object) => {
    const spec = objectOf(object.manifest.spec)
    const configuration = objectOf(spec.configuration)
    return {
      object,
      spec,
      configuration,
      settings: objectOf(configuration.settings),
      clusters: objectsOf(configuration.clusters).map(installed),
      podTemplates: objectsAt(spec, 'templates.podTemplates'),
    }
  })

const installed = (cluster: JsonObject, index: number): InstalledCluster => {
  const layout = objectOf(cluster.layout)
  return {
    cluster,
    path: `spec.configuration.clusters[${index}]`,
    shards: Math.max(1, wholeNumber(layout.shardsCount) ?? objectsOf(layout.shards).length),
    replicas: Math.max(1, wholeNumber(layout.replicasCount) ?? objectsOf(layout.replicas).length),
  }
}

/** Whether a switch of the operator is on: it takes several words for it. */
export const isOn = (value: unknown): boolean =>
  ['yes', 'true', '1', 'on', 'enable', 'enabled'].includes(String(value ?? '').toLowerCase())
