import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, JsonObject, Loaded } from '../../types.ts'
import { isObject, objectsOf, textsOf } from '../../values.ts'
import { parseDocument } from '../parse-document.ts'
import { splitDocuments } from '../split-documents.ts'
import { jsonPatch } from './json-patch.ts'
import { merge } from './merge.ts'
import { contentOf, withContent } from './transform.ts'

/** One patch of a kustomization: what is changed, and in which objects. */
type Patch = { readonly change: Json; readonly target: JsonObject | undefined }

const documentsIn = (text: string): readonly Json[] => {
  if (text.trimStart().startsWith('[')) return [JSON.parse(text) as Json]
  return splitDocuments(text).map((document) => {
    const { value, faults } = parseDocument(document)
    if (faults[0] !== undefined) throw new Error(faults[0].says)
    return value
  })
}

const patchesOf = (text: string, target: JsonObject | undefined): readonly Patch[] =>
  documentsIn(text).map((change) => ({ change, target }))

/** Every patch of a kustomization in its order; throws when a file cannot be read. */
export const readPatches = (content: JsonObject, folder: string): readonly Patch[] => {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const textOf = (patch: JsonObject) => (typeof patch.path === 'string' ? read(patch.path) : String(patch.patch ?? ''))
  const targetOf = (patch: JsonObject) => (isObject(patch.target) ? patch.target : undefined)
  return [
    ...textsOf(content.patchesStrategicMerge).flatMap((given) =>
      patchesOf(given.includes('\n') ? given : read(given), undefined),
    ),
    ...objectsOf(content.patchesJson6902).flatMap((patch) => patchesOf(textOf(patch), targetOf(patch))),
    ...objectsOf(content.patches).flatMap((patch) => patchesOf(textOf(patch), targetOf(patch))),
  ]
}

const fits = (wanted: Json | undefined, found: string | undefined): boolean =>
  wanted === undefined || wanted === null || new RegExp(`^(?:${String(wanted)})$`).test(found ?? '')

const matchesSelector = (selector: Json | undefined, labels: Readonly<Record<string, string>> = {}): boolean =>
  typeof selector !== 'string' ||
  selector.split(',').every((part) => {
    const [, key = '', sign, value] = /^\s*!?([^=!\s]+)\s*(?:(==|=|!=)\s*(\S*))?\s*$/.exec(part) ?? []
    if (sign === undefined) return part.trim().startsWith('!') !== key in labels
    return (labels[key] === value) === (sign !== '!=')
  })

const isTarget = ({ ref, manifest }: Loaded, target: JsonObject): boolean =>
  fits(target.group, ref.group) &&
  fits(target.version, ref.version) &&
  fits(target.kind, ref.kind) &&
  fits(target.name, ref.name) &&
  fits(target.namespace, ref.namespace) &&
  matchesSelector(target.labelSelector, manifest.metadata.labels) &&
  matchesSelector(target.annotationSelector, manifest.metadata.annotations)

const isNamedBy = ({ ref }: Loaded, change: Json): boolean => {
  if (!isObject(change)) return false
  const metadata = isObject(change.metadata) ? change.metadata : {}
  const [group = '', version] = String(change.apiVersion).includes('/') ? String(change.apiVersion).split('/') : ['']
  return (
    change.kind === ref.kind &&
    (version === undefined || group === ref.group) &&
    metadata.name === ref.name &&
    (metadata.namespace === undefined || ref.namespace === undefined || metadata.namespace === ref.namespace)
  )
}

/** Patches by target keep the name and kind that they patch. */
const merged = (object: Loaded, change: JsonObject, isTargeted: boolean): Loaded => {
  const content = contentOf(object)
  const result = merge(content, change) as JsonObject
  if (!isTargeted) return withContent(object, result)
  const metadata = { ...(isObject(result.metadata) ? result.metadata : {}), name: object.ref.name }
  return withContent(object, { ...result, apiVersion: content.apiVersion, kind: content.kind, metadata })
}

/** Whether a patch is for an object. */
export const isMeant = (object: Loaded, { change, target }: Patch): boolean =>
  target === undefined ? isNamedBy(object, change) : isTarget(object, target)

/** The objects after one patch; throws a sentence when it fits none or cannot be done. */
export const patched = (objects: readonly Loaded[], patch: Patch): readonly Loaded[] => {
  const { change, target } = patch
  if (!objects.some((object) => isMeant(object, patch))) {
    const name =
      isObject(change) && isObject(change.metadata) ? `${change.kind} ${change.metadata.name}` : JSON.stringify(target)
    throw new Error(`a patch is for ${name}, which none of the resources is`)
  }
  return objects.flatMap((object) => {
    if (!isMeant(object, patch)) return [object]
    if (Array.isArray(change)) return [withContent(object, jsonPatch(contentOf(object), change))]
    if (!isObject(change)) return [object]
    return change.$patch === 'delete' ? [] : [merged(object, change, target !== undefined)]
  })
}
