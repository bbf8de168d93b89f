import { parse } from 'yaml'
import { type ContainerOf, containersNamed } from '../../read/containers.ts'
import { type Environment, environmentOf } from '../../read/environment.ts'
import { type Mount, type MountedFile, mountsOf } from '../../read/mounted-files.ts'
import type { JsonObject, Loaded, World } from '../../types.ts'
import { isObject, objectOf, objectsOf, textOf } from '../../values.ts'

/** A Grafana container with its settings and what is mounted into it. */
export type Grafana = ContainerOf & { readonly environment: Environment; readonly mounts: readonly Mount[] }

/** Every Grafana of the files. */
export const grafanas = (world: World): readonly Grafana[] =>
  containersNamed(world, ['grafana', 'grafana-oss', 'grafana-enterprise']).map((at) => ({
    ...at,
    environment: environmentOf(world, at),
    mounts: mountsOf(world, at),
  }))

/** Where Grafana looks for provisioning unless it is told otherwise. */
export const PROVISIONING = '/etc/grafana/provisioning'

/** A dashboard and where it is written. */
export type Dashboard = { readonly content: JsonObject; readonly source: Loaded; readonly path: string }

/** Every dashboard that stands in a ConfigMap of the files: JSON with panels. */
export const dashboards = (world: World): readonly Dashboard[] =>
  world.ofKind('ConfigMap', '').flatMap((source) =>
    Object.entries(objectOf(source.manifest.data)).flatMap(([key, value]) => {
      if (!key.endsWith('.json') || typeof value !== 'string') return []
      const content = fromJson(value)
      return Array.isArray(content.panels) ? [{ content, source, path: `data.${key}` }] : []
    }),
  )

const fromJson = (content: string): JsonObject => {
  try {
    return objectOf(JSON.parse(content))
  } catch {
    return {}
  }
}

/** The panels of a dashboard, those inside rows too. */
export const panelsOf = ({ content }: Dashboard): readonly JsonObject[] =>
  objectsOf(content.panels).flatMap((panel) => [panel, ...objectsOf(panel.panels)])

/** The uids of provisioned datasources; undefined when some provisioning is not known. */
export const datasourceUids = (world: World): ReadonlySet<string> | undefined => {
  const mounts = grafanas(world)
    .flatMap(({ mounts }) => mounts)
    .filter(({ mountPath }) => mountPath.startsWith(`${PROVISIONING}/datasources`) || mountPath === PROVISIONING)
  if (mounts.length === 0 || mounts.some(({ files }) => files === undefined)) return undefined
  return new Set(mounts.flatMap(({ files }) => files ?? []).flatMap(uidsOf))
}

const uidsOf = ({ content }: MountedFile): readonly string[] => {
  try {
    const written: unknown = parse(content)
    return objectsOf(objectOf(written).datasources).flatMap(({ uid }) => textOf(uid) ?? [])
  } catch {
    return []
  }
}

/** The uid that a panel or a target names, and no variable. */
export const datasourceUid = (holder: JsonObject): string | undefined => {
  const uid = isObject(holder.datasource) ? textOf(holder.datasource.uid) : undefined
  return uid?.includes('$') || uid?.startsWith('-- ') || uid === 'grafana' ? undefined : uid
}
