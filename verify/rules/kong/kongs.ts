import { parse } from 'yaml'
import { argumentsOf, type ContainerOf, containersNamed } from '../../read/containers.ts'
import { type Environment, environmentOf } from '../../read/environment.ts'
import { type MountedFile, mountsOf } from '../../read/mounted-files.ts'
import type { JsonObject, Loaded, World } from '../../types.ts'
import { objectOf, objectsOf } from '../../values.ts'

/** A gateway's container with its settings and the declarative configuration that is mounted into it. */
export type Kong = ContainerOf & {
  readonly environment: Environment
  readonly file: MountedFile | undefined
}

/** A declarative configuration and where it is written. */
export type Declaration = {
  readonly content: JsonObject
  readonly source: Loaded
  readonly sourcePath: string
  /** The gateways that it is mounted into. */
  readonly kongs: readonly Kong[]
}

/** Containers of Kong's image may run something else beside it: a migration, a watcher of certificates. */
const startsKong = (container: JsonObject): boolean => {
  const words = argumentsOf(container)
  const line = words.join(' ')
  if (/\bkong\s+migrations\b/.test(line)) return false
  return words.length === 0 || /\bkong\s+(docker-)?start\b|docker-entrypoint/.test(line)
}

const isDeclaration = (content: string): boolean => /^\s*"?_format_version"?\s*:/m.test(content)

const findKongs = (world: World): readonly Kong[] =>
  containersNamed(world, ['kong', 'kong-gateway'])
    .filter(({ container }) => startsKong(container))
    .map((at) => ({
      ...at,
      environment: environmentOf(world, at),
      file: mountsOf(world, at)
        .flatMap(({ files }) => files ?? [])
        .find(({ content }) => isDeclaration(content)),
    }))

/** Templates of ExternalSecrets hold `{{ .key }}`, which is no YAML until it stands in quotes or a block. */
const parsed = (content: string): JsonObject => {
  try {
    return objectOf(parse(content.replaceAll(/\{\{.*?\}\}/g, 'template')))
  } catch {
    return {}
  }
}

const findDeclarations = (world: World): readonly Declaration[] => {
  const all = findKongs(world)
  const files = all.flatMap(({ file }) => (file === undefined ? [] : [file]))
  const different = files.filter(
    (file, index) =>
      files.findIndex(({ source, sourcePath }) => source === file.source && sourcePath === file.sourcePath) === index,
  )
  return different.map(({ source, sourcePath, content }) => ({
    content: parsed(content),
    source,
    sourcePath,
    kongs: all.filter(({ file }) => file?.source === source && file.sourcePath === sourcePath),
  }))
}

/** Every Kong gateway of the files. */
export const kongs = (world: World): readonly Kong[] => world.index(findKongs)

/** Every declarative configuration that a gateway of the files mounts. */
export const declarations = (world: World): readonly Declaration[] => world.index(findDeclarations)

/** A plugin with what it is written on: `the service creator-service`. */
export type PluginUse = {
  readonly name: string
  readonly config: JsonObject
  readonly on: string
  readonly level: 'global' | 'service' | 'route'
}

/** Every plugin of a declaration. */
export const pluginUses = (content: JsonObject): readonly PluginUse[] => [
  ...usesOf(content, 'every route', 'global'),
  ...objectsOf(content.routes).flatMap((route) => usesOf(route, `the route ${route.name}`, 'route')),
  ...objectsOf(content.services).flatMap((service) => [
    ...usesOf(service, `the service ${service.name}`, 'service'),
    ...objectsOf(service.routes).flatMap((route) => usesOf(route, `the route ${route.name}`, 'route')),
  ]),
]

const usesOf = (holder: JsonObject, on: string, level: PluginUse['level']): readonly PluginUse[] =>
  objectsOf(holder.plugins)
    .filter(({ enabled }) => enabled !== false)
    .map(({ name, config }) => ({ name: String(name), config: objectOf(config), on, level }))

/** The value of a setting; undefined when it is not set or not known. */
export const setting = (kong: Kong, name: string): string | undefined => kong.environment.variables.get(name)?.value

/** Whether Kong runs without a database of its own. */
export const isWithoutDatabase = (kong: Kong): boolean => setting(kong, 'KONG_DATABASE')?.toLowerCase() === 'off'
