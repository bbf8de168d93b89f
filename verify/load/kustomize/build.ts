import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Finding, JsonObject, Loaded } from '../../types.ts'
import { isObject, objectsOf, textsOf } from '../../values.ts'
import { loadText } from '../load-text.ts'
import { fileFinding, joinLoadings, type Loading, nothingLoaded } from '../loading.ts'
import { parseDocument } from '../parse-document.ts'
import { generated } from './generate.ts'
import { isRemote, kustomizationFile, unfollowed } from './kustomization.ts'
import { isMeant, patched, readPatches } from './patch.ts'
import {
  annotated,
  type ImageChange,
  inNamespace,
  labelled,
  withContent,
  withImages,
  withReplicas,
} from './transform.ts'

/** How the files of a kustomization are called in findings. */
type Naming = (path: string) => string

type Build = {
  readonly folder: string
  readonly content: JsonObject
  readonly file: string
  readonly name: Naming
  readonly within: readonly string[]
  readonly findings: Finding[]
}

const invalid = (build: Pick<Build, 'file' | 'name'>, says: string): Finding =>
  fileFinding(
    'kustomization-invalid',
    { file: build.name(build.file), line: 1 },
    `kubectl kustomize fails here: ${says}.`,
    'Correct the kustomization, or add what it names.',
  )

/** Does one step; what goes wrong is a finding, and the objects stay as they were. */
const attempt = <Value>(build: Build, otherwise: Value, step: () => Value): Value => {
  try {
    return step()
  } catch (error) {
    build.findings.push(invalid(build, error instanceof Error ? error.message : String(error)))
    return otherwise
  }
}

const note = (build: Build, what: string): Finding =>
  fileFinding(
    'kustomization-unsupported',
    { file: build.name(build.file), line: 1 },
    `What ${what} does is not followed here, so the objects are judged without it.`,
    'Judge the output of kubectl kustomize to judge them with it.',
  )

const resource = (build: Build, entry: string): Loading => {
  if (isRemote(entry)) return { ...nothingLoaded, findings: [note(build, `the remote resource ${entry}`)] }
  const path = resolve(build.folder, entry)
  return attempt(build, nothingLoaded, () => {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) throw new Error(`${entry} is named and not there`)
    if (statSync(path).isDirectory()) return loadKustomization(path, build.name, build.within)
    return loadText(readFileSync(path, 'utf8'), build.name(path))
  })
}

const generators = (build: Build): readonly Loaded[] => {
  const source = { file: build.name(build.file), line: 1 }
  const made = (kind: 'ConfigMap' | 'Secret', field: string) =>
    objectsOf(build.content[field]).flatMap((generator) =>
      attempt(build, [], () => [generated(kind, generator, build.folder, source)]),
    )
  return [...made('ConfigMap', 'configMapGenerator'), ...made('Secret', 'secretGenerator')]
}

const parseImages = (content: JsonObject): readonly ImageChange[] =>
  objectsOf(content.images).map((image) => {
    const text = (key: string) => (image[key] === undefined ? {} : { [key]: String(image[key]) })
    return { name: String(image.name), ...text('newName'), ...text('newTag'), ...text('digest') }
  })

const withLabels = (objects: readonly Loaded[], content: JsonObject): readonly Loaded[] => {
  const rules = [
    ...(isObject(content.commonLabels) ? [{ pairs: content.commonLabels, selectors: true, templates: true }] : []),
    ...objectsOf(content.labels).map(({ pairs, includeSelectors, includeTemplates }) => ({
      pairs: isObject(pairs) ? pairs : {},
      selectors: includeSelectors === true,
      templates: includeTemplates === true,
    })),
  ]
  return rules.reduce((held, { pairs, ...where }) => held.map((object) => labelled(object, pairs, where)), objects)
}

/** Kustomize's own order: patches, then namespace, labels, annotations, images and replicas. */
const transformed = (build: Build, loaded: readonly Loaded[]): readonly Loaded[] => {
  const { content } = build
  const patches = attempt(build, [], () => readPatches(content, build.folder))
  // what a remote resource holds is not known, so neither is whether a patch fits
  const isWhole = !textsOf(content.resources).some(isRemote)
  const fits = (patch: (typeof patches)[number]) => isWhole || loaded.some((object) => isMeant(object, patch))
  let objects = patches.filter(fits).reduce((held, patch) => attempt(build, held, () => patched(held, patch)), loaded)
  if (typeof content.namespace === 'string') objects = inNamespace(objects, content.namespace)
  objects = withLabels(objects, content)
  const { commonAnnotations } = content
  if (isObject(commonAnnotations)) objects = objects.map((object) => annotated(object, commonAnnotations))
  const images = parseImages(content)
  if (images.length > 0) objects = objects.map((object) => withImages(object, images))
  for (const { name, count } of objectsOf(content.replicas))
    objects = objects.map((object) =>
      object.ref.name === name && ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(object.ref.kind)
        ? withReplicas(object, Number(count))
        : object,
    )
  return objects
}

/** Generators with `behavior: merge` add to what a base made. */
const joined = (objects: readonly Loaded[], made: readonly Loaded[]): readonly Loaded[] => {
  const isSame = (a: Loaded, b: Loaded) => a.ref.kind === b.ref.kind && a.ref.name === b.ref.name
  const changed = objects.map((object) => {
    const later = made.find((one) => isSame(one, object))
    if (later === undefined) return object
    const [own, added] = [object.manifest.data ?? {}, later.manifest.data ?? {}]
    return withContent(object, { ...object.manifest, data: { ...own, ...added } } as unknown as JsonObject)
  })
  return [...changed, ...made.filter((one) => !objects.some((object) => isSame(one, object)))]
}

const built = (build: Build): Loading => {
  const { content } = build
  const entries = [...textsOf(content.resources), ...textsOf(content.bases), ...textsOf(content.components)]
  const notes = unfollowed(content).map((field) => note(build, field))
  const loading = joinLoadings(entries.map((entry) => resource(build, entry)))
  const objects = transformed(build, joined(loading.objects, generators(build)))
  return { ...loading, objects, findings: [...loading.findings, ...notes, ...build.findings] }
}

/** Reads what `kubectl kustomize <folder>` would print. */
export const loadKustomization = (folder: string, name: Naming, within: readonly string[] = []): Loading => {
  const file = kustomizationFile(folder)
  const place = { file: file ?? join(folder, 'kustomization.yaml'), name }
  const failed = (says: string): Loading => ({ ...nothingLoaded, findings: [invalid(place, says)] })
  if (file === undefined) return failed('the folder has no kustomization.yaml')
  if (within.includes(folder)) return failed('it includes itself')
  const { value, faults } = parseDocument({ text: readFileSync(file, 'utf8'), line: 1 })
  if (faults[0] !== undefined) return failed(faults[0].says)
  if (!isObject(value)) return failed('it is empty')
  return built({ folder, content: value, file, name, within: [...within, folder], findings: [] })
}
