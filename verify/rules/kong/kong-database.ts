import { annotationsOf, joined, specPath } from '../../pod-template.ts'
import { argumentsOf } from '../../read/containers.ts'
import { mayBeSet } from '../../read/environment.ts'
import { shortImageName } from '../../read/image.ts'
import { mountsOf } from '../../read/mounted-files.ts'
import type { Found, Rule, World } from '../../types.ts'
import { objectsOf, textOf } from '../../values.ts'
import { isWithoutDatabase, type Kong, kongs, setting } from './kongs.ts'

/** A mounted kong.yml counts only with `database = off` and `declarative_config`. */
export const kongConfigIgnored: Rule = {
  id: 'kong-config-ignored',
  severity: 'error',
  about: 'Every declarative configuration that is mounted is one that Kong will read.',
  check: (world) => kongs(world).flatMap((kong) => ignored(kong)),
}

const ignored = (kong: Kong): readonly Found[] => {
  const { file, environment, group, path } = kong
  if (file === undefined || !environment.isComplete) return []
  const database = setting(kong, 'KONG_DATABASE') ?? 'postgres'
  if (!isWithoutDatabase(kong) && environment.variables.get('KONG_DATABASE')?.value !== undefined)
    return [
      {
        on: group.owner,
        path: environment.variables.get('KONG_DATABASE')?.path ?? path,
        says: `Kong will not read ${file.path}: its routes come from the database "${database}", and a declarative file counts only without one, so every request is answered with 404.`,
        fix: `Set KONG_DATABASE to off and KONG_DECLARATIVE_CONFIG to ${file.path}.`,
      },
    ]
  if (mayBeSet(environment, 'KONG_DECLARATIVE_CONFIG') || mayBeSet(environment, 'KONG_DECLARATIVE_CONFIG_STRING'))
    return []
  return [
    {
      on: group.owner,
      path,
      says: `Kong will not read ${file.path}: no setting names it, so it starts without a single route.`,
      fix: `Set KONG_DATABASE to off and KONG_DECLARATIVE_CONFIG to ${file.path}.`,
    },
  ]
}

/** The file that KONG_DECLARATIVE_CONFIG names must be where a volume puts it. */
export const kongConfigMissing: Rule = {
  id: 'kong-config-missing',
  severity: 'error',
  about: 'Every file that KONG_DECLARATIVE_CONFIG names is put there by a volume.',
  check: (world) =>
    kongs(world).flatMap((kong) => {
      const named = setting(kong, 'KONG_DECLARATIVE_CONFIG')
      if (named === undefined || named === '') return []
      const mounts = mountsOf(world, kong)
      const over = mounts.filter(({ mountPath }) => named === mountPath || named.startsWith(`${mountPath}/`))
      if (over.some(({ files }) => files === undefined || files.some(({ path }) => path === named))) return []
      const held = over.flatMap(({ files }) => files ?? []).map(({ path }) => path)
      return [
        {
          on: kong.group.owner,
          path: kong.environment.variables.get('KONG_DECLARATIVE_CONFIG')?.path ?? kong.path,
          says: `Kong will not start: no volume puts a file at ${named}${held.length === 0 ? '' : `, only ${held.join(', ')}`}.`,
          fix: 'Mount the declarative configuration at the path that KONG_DECLARATIVE_CONFIG names.',
        },
      ]
    }),
}

/** Kong reads its file at its start and on a reload, not when the file changes. */
export const kongConfigFrozen: Rule = {
  id: 'kong-config-frozen',
  severity: 'warning',
  about: 'Every change of the declarative configuration starts new gateways.',
  check: (world) =>
    kongs(world)
      .filter(({ group, file }) => {
        const marks = [annotationsOf(group), group.owner.manifest.metadata.annotations ?? {}].flatMap(Object.keys)
        const isFollowed = marks.some((name) => /checksum|hash|reloader/i.test(name))
        // kustomize puts a hash of the content into the name
        return file !== undefined && !isFollowed && !/-[a-z0-9]{10}$/.test(file.source.ref.name)
      })
      .map(({ group, file }) => ({
        on: group.owner,
        path: joined(specPath(group), 'volumes'),
        says: `A change of ${file?.sourcePath} reaches no gateway until somebody restarts it: Kong reads its file at the start, and nothing in the pods changes with it.`,
        fix: 'Annotate the pods with a checksum of the file.',
      })),
}

/** With a database, Kong needs an account in it and its tables made first. */
export const kongDatabaseUnprepared: Rule = {
  id: 'kong-database-unprepared',
  severity: 'error',
  about: 'Every Kong that runs on PostgreSQL has an account in it, and its tables are made.',
  check: (world) =>
    kongs(world).flatMap((kong) => {
      if (isWithoutDatabase(kong) || !kong.environment.isComplete) return []
      const lacks = [
        ...['KONG_PG_HOST', 'KONG_PG_PASSWORD'].filter((name) => !mayBeSet(kong.environment, name)),
        ...(isMigrated(world, kong) ? [] : ['a job that runs "kong migrations bootstrap"']),
      ]
      if (lacks.length === 0) return []
      return [
        {
          on: kong.group.owner,
          // a migration may be run by hand; an account cannot be left out
          ...(lacks.every((lack) => lack.startsWith('a job')) && { severity: 'warning' as const }),
          path: kong.environment.variables.get('KONG_DATABASE')?.path ?? kong.path,
          says: `Kong will exit at its start ("Database needs bootstrapping or is older than Kong"): it is to run on PostgreSQL and lacks ${lacks.join(' and ')}.`,
          fix: 'Run Kong without a database (KONG_DATABASE=off), or give it host, user and password and a migration job.',
        },
      ]
    }),
}

const isMigrated = (world: World, kong: Kong): boolean =>
  [
    ...world.pods.filter(({ owner }) => owner.ref.kind === 'Job').flatMap(({ spec }) => objectsOf(spec.containers)),
    ...objectsOf(kong.group.spec.initContainers),
  ]
    .filter(({ image }) => ['kong', 'kong-gateway'].includes(shortImageName(textOf(image) ?? '')))
    .some((container) => argumentsOf(container).join(' ').includes('migrations'))
