import type { JsonObject, Loaded, World } from '../types.ts'
import { objectOf, objectsOf, scalarText, textOf } from '../values.ts'
import type { ContainerOf } from './containers.ts'
import { configMapOf } from './environment.ts'

/** A file that a container will find at `path`, with where its text is written. */
export type MountedFile = {
  readonly path: string
  readonly content: string
  readonly source: Loaded
  /** Inside `source`: `data.kong.yml`. */
  readonly sourcePath: string
}

/** A mount of a container. `files` is undefined when what the volume holds is not known. */
export type Mount = {
  readonly mountPath: string
  readonly subPath: string | undefined
  readonly volume: JsonObject
  /** Of the mount, inside the group's owner. */
  readonly path: string
  readonly files: readonly MountedFile[] | undefined
}

/** The mounts of a container, with the files that ConfigMaps and the templates of ExternalSecrets put there. */
export const mountsOf = (world: World, at: ContainerOf): readonly Mount[] => {
  const volumes = objectsOf(at.group.spec.volumes)
  return objectsOf(at.container.volumeMounts).map((mount, index) => {
    const mountPath = (textOf(mount.mountPath) ?? '').replace(/\/$/, '')
    const subPath = textOf(mount.subPath)
    const volume = volumes.find(({ name }) => name === mount.name) ?? {}
    const held = filesOfVolume(world, at.group.namespace, volume)
    const files = held?.flatMap((file) => placed(file, mountPath, subPath))
    return { mountPath, subPath, volume, path: `${at.path}.volumeMounts[${index}]`, files }
  })
}

/** All files that are known to be mounted into a container. */
export const mountedFiles = (world: World, at: ContainerOf): readonly MountedFile[] =>
  mountsOf(world, at).flatMap(({ files }) => files ?? [])

const placed = (file: MountedFile, mountPath: string, subPath: string | undefined): readonly MountedFile[] => {
  if (subPath === undefined) return [{ ...file, path: `${mountPath}/${file.path}` }]
  return file.path === subPath ? [{ ...file, path: mountPath }] : []
}

/** What a volume, or one source of a projected volume, holds. */
const filesOfVolume = (world: World, namespace: string, volume: JsonObject): readonly MountedFile[] | undefined => {
  if (volume.configMap !== undefined) {
    const source = objectOf(volume.configMap)
    return chosen(source, configMapFiles(configMapOf(world, namespace, textOf(source.name))))
  }
  if (volume.secret !== undefined) {
    const source = objectOf(volume.secret)
    return chosen(source, secretFiles(world, namespace, textOf(source.secretName) ?? textOf(source.name)))
  }
  if (volume.projected === undefined) return undefined
  return objectsOf(objectOf(volume.projected).sources).flatMap(
    (source) => filesOfVolume(world, namespace, source) ?? [],
  )
}

const configMapFiles = (configMap: Loaded | undefined): readonly MountedFile[] | undefined =>
  configMap && filesOfData(configMap, configMap.manifest.data, 'data')

const secretFiles = (world: World, namespace: string, name: string | undefined): readonly MountedFile[] | undefined => {
  const made = world.ofKind('ExternalSecret').find(({ ref, manifest }) => {
    const target = textOf(objectOf(objectOf(manifest.spec).target).name) ?? ref.name
    return ref.namespace === namespace && target === name
  })
  const template = objectOf(objectOf(objectOf(made?.manifest.spec).target).template).data
  if (made === undefined || template === undefined) return undefined
  return filesOfData(made, template, 'spec.target.template.data')
}

const filesOfData = (source: Loaded, data: unknown, path: string): readonly MountedFile[] =>
  Object.entries(objectOf(data)).map(([key, value]) => ({
    path: key,
    content: scalarText(value) ?? '',
    source,
    sourcePath: `${path}.${key}`,
  }))

/** Only the files that `items` of the volume chooses, under the names that it gives them. */
const chosen = (source: JsonObject, files: readonly MountedFile[] | undefined): readonly MountedFile[] | undefined => {
  const items = objectsOf(source.items)
  if (items.length === 0) return files
  return files?.flatMap((file) =>
    items.filter(({ key }) => key === file.path).map(({ path }) => ({ ...file, path: textOf(path) ?? file.path })),
  )
}
