import type { Json, JsonObject, Loaded, Manifest, ObjectRef, Source } from '../types.ts'
import { isObject } from '../values.ts'

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined

const splitVersion = (apiVersion: string): Pick<ObjectRef, 'group' | 'version'> => {
  const slash = apiVersion.indexOf('/')
  return slash === -1
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) }
}

/** Whether a document is an object of some API. */
export const isManifest = (value: Json): value is JsonObject & { apiVersion: string; kind: string } =>
  isObject(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string'

const refOf = (content: JsonObject & { apiVersion: string; kind: string }): ObjectRef => {
  const metadata = isObject(content.metadata) ? content.metadata : {}
  return {
    ...splitVersion(content.apiVersion),
    kind: content.kind,
    namespace: text(metadata.namespace) || undefined,
    name: text(metadata.name) ?? text(metadata.generateName) ?? '',
  }
}

/** What rules may rely on whatever was written: `metadata` is an object with a name, its maps are maps. */
const parseManifest = (content: JsonObject, name: string): Manifest => {
  const written = isObject(content.metadata) ? content.metadata : {}
  const isMapOrAbsent = (value: Json | undefined) => value === undefined || isObject(value)
  if (typeof written.name === 'string' && isMapOrAbsent(written.labels) && isMapOrAbsent(written.annotations))
    return content as Manifest
  const { labels, annotations, ...rest } = written
  return {
    ...content,
    metadata: {
      ...rest,
      name: text(written.name) ?? name,
      ...(isObject(labels) ? { labels } : {}),
      ...(isObject(annotations) ? { annotations } : {}),
    },
  } as Manifest
}

/** Makes an object of `content`. */
export const toLoaded = (
  content: JsonObject & { apiVersion: string; kind: string },
  source: Source,
  lineOf: (path: string) => number,
): Loaded => {
  const ref = refOf(content)
  return { ref, manifest: parseManifest(content, ref.name), source, lineOf }
}
