import type { JsonObject, Loaded, World } from '../../types.ts'
import { isObject, objectOf, objectsOf, textsAt, valueAt } from '../../values.ts'

/** An Argo CD Application, or the template of an ApplicationSet. */
export type Application = {
  readonly object: Loaded
  readonly spec: JsonObject
  /** `spec` or `spec.template.spec` */
  readonly path: string
  /** `source` and `sources`; empty where a generator fills them in. */
  readonly sources: readonly { readonly source: JsonObject; readonly path: string }[]
  /** `syncPolicy.automated`; undefined when nothing syncs by itself. */
  readonly automated: JsonObject | undefined
  readonly syncOptions: readonly string[]
}

/** Every Application of the files. */
export const applications = (world: World): readonly Application[] => [
  ...world.ofKind('Application', 'argoproj.io').map((object) => applicationOf(object, 'spec')),
  ...world.ofKind('ApplicationSet', 'argoproj.io').map((object) => applicationOf(object, 'spec.template.spec')),
]

const applicationOf = (object: Loaded, path: string): Application => {
  const spec = objectOf(valueAt(object.manifest, path))
  const automated = valueAt(spec, 'syncPolicy.automated')
  return {
    object,
    spec,
    path,
    sources: [
      ...(isObject(spec.source) ? [{ source: spec.source, path: `${path}.source` }] : []),
      ...objectsOf(spec.sources).map((source, index) => ({ source, path: `${path}.sources[${index}]` })),
    ],
    automated: isObject(automated) && automated.enabled !== false ? automated : undefined,
    syncOptions: textsAt(spec, 'syncPolicy.syncOptions'),
  }
}
