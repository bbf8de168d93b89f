import { schemaFor } from '../../schemas/schemas.ts'
import type { Json, JsonObject, Loaded } from '../../types.ts'
import { isObject } from '../../values.ts'
import { toLoaded } from '../to-loaded.ts'

/** The object with other content and its old place in the files. */
export const withContent = (object: Loaded, content: Json): Loaded =>
  toLoaded(content as JsonObject & { apiVersion: string; kind: string }, object.source, object.lineOf)

/** What an object holds. */
export const contentOf = (object: Loaded): JsonObject => object.manifest as unknown as JsonObject

/** `value` with `change` applied at a path of maps, made where it is missing. */
const changed = (value: Json | undefined, path: readonly string[], change: (value: Json | undefined) => Json): Json => {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  const holder = isObject(value) ? value : {}
  return { ...holder, [key]: changed(holder[key], rest, change) }
}

const isThere = (value: Json | undefined, path: readonly string[]): boolean => {
  const [key, ...rest] = path
  if (key === undefined) return value !== undefined
  return isObject(value) && isThere(value[key], rest)
}

const adding = (pairs: JsonObject) => (value: Json | undefined) => ({ ...(isObject(value) ? value : {}), ...pairs })

const template = ['spec', 'template', 'metadata', 'labels']
const cronTemplate = ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels']

const selectorOf = ({ ref }: Loaded): readonly string[] | undefined => {
  if (ref.kind === 'Service' && ref.group === '') return ['spec', 'selector']
  if (['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'PodDisruptionBudget'].includes(ref.kind))
    return ['spec', 'selector', 'matchLabels']
  return ref.kind === 'NetworkPolicy' ? ['spec', 'podSelector', 'matchLabels'] : undefined
}

/** Adds labels as `labels` and `commonLabels` do. */
export const labelled = (
  object: Loaded,
  pairs: JsonObject,
  { selectors, templates }: { readonly selectors: boolean; readonly templates: boolean },
): Loaded => {
  let content: Json = changed(contentOf(object), ['metadata', 'labels'], adding(pairs))
  if (templates || selectors)
    for (const path of [template, cronTemplate])
      if (isThere(content, path.slice(0, -2))) content = changed(content, path, adding(pairs))
  const selector = selectorOf(object)
  const isSelecting = selector !== undefined && isThere(content, selector.slice(0, -1))
  // a selector that is left empty on purpose selects everything; only Services and workloads get one made
  if (selectors && isSelecting) content = changed(content, selector, adding(pairs))
  return withContent(object, content)
}

/** Adds annotations to the object and its pod template. */
export const annotated = (object: Loaded, pairs: JsonObject): Loaded => {
  const own = changed(contentOf(object), ['metadata', 'annotations'], adding(pairs))
  const path = ['spec', 'template', 'metadata', 'annotations']
  return withContent(object, isThere(own, path.slice(0, 2)) ? changed(own, path, adding(pairs)) : own)
}

const subjects = (content: JsonObject, namespace: string, accounts: ReadonlySet<string>): JsonObject => {
  if (!Array.isArray(content.subjects)) return content
  const given: readonly Json[] = content.subjects
  const moved = given.map((subject) =>
    isObject(subject) && subject.kind === 'ServiceAccount' && accounts.has(String(subject.name))
      ? { ...subject, namespace }
      : subject,
  )
  return { ...content, subjects: moved }
}

/** Puts every object of a namespace into `namespace`. */
export const inNamespace = (objects: readonly Loaded[], namespace: string): readonly Loaded[] => {
  const accounts = new Set([
    'default',
    ...objects.filter(({ ref }) => ref.kind === 'ServiceAccount').map(({ ref }) => ref.name),
  ])
  return objects.map((object) => {
    const content = subjects(contentOf(object), namespace, accounts)
    if (schemaFor(object.ref)?.namespaced === false) {
      const isIt = object.ref.kind === 'Namespace' && object.ref.group === ''
      return withContent(object, isIt ? changed(content, ['metadata', 'name'], () => namespace) : content)
    }
    return withContent(
      object,
      changed(content, ['metadata', 'namespace'], () => namespace),
    )
  })
}

/** How one image is rewritten. */
export type ImageChange = {
  readonly name: string
  readonly newName?: string
  readonly newTag?: string
  readonly digest?: string
}

const parts = (reference: string) => {
  const [named = '', digest] = reference.split('@')
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  return { name: colon === -1 ? named : named.slice(0, colon), tag: colon === -1 ? '' : named.slice(colon), digest }
}

const rewritten = (reference: string, changes: readonly ImageChange[]): string => {
  const { name, tag, digest } = parts(reference)
  const change = changes.find((one) => one.name === name)
  if (change === undefined) return reference
  const newTag = change.newTag === undefined ? tag : `:${change.newTag}`
  const isPinned = change.digest !== undefined || (change.newTag === undefined && digest !== undefined)
  return `${change.newName ?? name}${isPinned && change.newTag === undefined ? '' : newTag}${isPinned ? `@${change.digest ?? digest}` : ''}`
}

const inContainers = (value: Json, changes: readonly ImageChange[]): Json => {
  if (Array.isArray(value)) return value.map((item: Json) => inContainers(item, changes))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      if (!/^(?:containers|initContainers)$/.test(key) || !Array.isArray(child))
        return [key, inContainers(child ?? null, changes)]
      const items: readonly Json[] = child
      const changedItems = items.map((item) =>
        isObject(item) && typeof item.image === 'string' ? { ...item, image: rewritten(item.image, changes) } : item,
      )
      return [key, changedItems]
    }),
  )
}

/** Rewrites the images of an object's containers. */
export const withImages = (object: Loaded, changes: readonly ImageChange[]): Loaded =>
  withContent(object, inContainers(contentOf(object), changes))

/** Sets how many pods a workload runs. */
export const withReplicas = (object: Loaded, count: number): Loaded =>
  withContent(
    object,
    changed(contentOf(object), ['spec', 'replicas'], () => count),
  )
