import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../types.ts'

/** The names that Kustomize looks for, in this order. */
const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** The file that makes a folder a kustomization. */
export const kustomizationFile = (folder: string): string | undefined =>
  fileNames.map((name) => join(folder, name)).find((file) => existsSync(file))

/** Fields that are followed here, or that change nothing that is judged. */
const followed: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'components',
  'namespace',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'images',
  'replicas',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'sortOptions',
  'buildMetadata',
])

/** Fields of a kustomization that have an effect which is not followed here. */
export const unfollowed = (content: JsonObject): readonly string[] =>
  Object.keys(content).filter((field) => !followed.has(field) && (content[field] ?? null) !== null)

/** A resource that Kustomize would fetch. */
export const isRemote = (resource: string): boolean => /^(?:https?:|git@|ssh:|git::)|^github\.com\//.test(resource)
