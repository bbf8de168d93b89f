import type { Json, JsonObject } from '../../types.ts'
import { isObject } from '../../values.ts'

/** By which field the items of a list are told apart, for the lists that Kubernetes' own types merge instead of replace. */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  ports: ['containerPort', 'port'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
}

const keyFor = (field: string, items: readonly Json[]): string | undefined =>
  (mergeKeys[field] ?? []).find((key) => items.length > 0 && items.every((item) => isObject(item) && key in item))

const directive = (value: Json): Json | undefined => (isObject(value) ? value.$patch : undefined)

const mergeLists = (field: string, base: readonly Json[], patch: readonly Json[]): Json => {
  if (patch.some((item) => directive(item) === 'replace')) return patch.filter((item) => directive(item) === undefined)
  const key = keyFor(field, patch)
  if (key === undefined) return patch
  const idOf = (item: Json) => (isObject(item) ? item[key] : undefined)
  const kept = base.flatMap((item) => {
    const change = patch.find((one) => idOf(one) === idOf(item))
    if (change === undefined) return [item]
    return directive(change) === 'delete' ? [] : [merge(item, change)]
  })
  const added = patch.filter((one) => directive(one) === undefined && !base.some((item) => idOf(item) === idOf(one)))
  // Kustomize puts what a patch adds before what was there
  return [...added, ...kept]
}

const mergeObjects = (base: JsonObject, patch: JsonObject): JsonObject => {
  const merged: Record<string, Json | undefined> = { ...base }
  for (const [field, change] of Object.entries(patch)) {
    if (field === '$patch') continue
    const own = base[field]
    if (change === null || change === undefined || directive(change) === 'delete') delete merged[field]
    else if (Array.isArray(own) && Array.isArray(change)) merged[field] = mergeLists(field, own, change)
    else merged[field] = own === undefined ? merge({}, change) : merge(own, change)
  }
  return merged
}

/** `base` after a strategic merge patch. */
export const merge = (base: Json, patch: Json): Json => {
  if (!isObject(patch)) return patch
  if (patch.$patch === 'replace') {
    const { $patch, ...content } = patch
    return content
  }
  return mergeObjects(isObject(base) ? base : {}, patch)
}
