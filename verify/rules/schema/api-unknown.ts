import { nearest } from '../../schemas/nearest.ts'
import { isKnownGroup, kindsOf, servedVersions } from '../../schemas/schemas.ts'
import type { Found, JsonObject, Loaded, Rule, World } from '../../types.ts'
import { removedVersion } from './removed-versions.ts'

const named = (on: Loaded) => `${on.manifest.apiVersion} ${on.ref.kind}`

/** Groups whose names end so belong to Kubernetes itself, which nothing else may serve. */
const isOwnGroup = (group: string) =>
  ['', 'apps', 'batch', 'autoscaling', 'policy', 'extensions'].includes(group) ||
  ['rbac.authorization.k8s.io', 'storage.k8s.io', 'networking.k8s.io', 'scheduling.k8s.io'].includes(group)

/** Kinds that a definition among the files themselves brings. */
const definedHere = (world: World): ReadonlySet<string> =>
  new Set(
    world.ofKind('CustomResourceDefinition').flatMap(({ manifest }) => {
      const spec = (manifest.spec ?? {}) as JsonObject
      const names = (spec.names ?? {}) as JsonObject
      const versions = Array.isArray(spec.versions) ? (spec.versions as readonly JsonObject[]) : []
      return versions.filter(({ served }) => served !== false).map(({ name }) => `${spec.group}/${name}/${names.kind}`)
    }),
  )

const gone = (on: Loaded, world: World): Found | undefined => {
  const { group, version, kind } = on.ref
  const removed = removedVersion(group, version, kind, world.context.kubernetesVersion)
  if (removed === undefined) return undefined
  const by = removed.by ?? 'Kubernetes'
  return {
    on,
    path: 'apiVersion',
    says: `The object is refused, "no matches for kind ${kind} in version ${on.manifest.apiVersion}": ${by} serves that version no more since ${removed.since}.`,
    fix: `Use ${removed.instead}.`,
  }
}

const refused = (on: Loaded): Found => {
  const served = servedVersions(on.ref).map(({ version }) => version)
  const prefix = on.ref.group === '' ? '' : `${on.ref.group}/`
  const meant = nearest(on.ref.kind, kindsOf(on.ref.group))
  const instead =
    served.length > 0
      ? `Use ${served.map((version) => prefix + version).join(' or ')}.`
      : meant === undefined
        ? 'Correct apiVersion and kind.'
        : `Write ${meant} if that is meant.`
  return {
    on,
    path: served.length > 0 ? 'apiVersion' : 'kind',
    says: `The object is refused: nothing serves ${named(on)}.`,
    fix: instead,
  }
}

const notJudged = (on: Loaded): Found => ({
  on,
  path: 'kind',
  severity: 'note',
  says: `The fields of ${named(on)} are not judged: its definition is not known here.`,
  fix: 'Judge its custom resource definition with it if the fields are to be trusted.',
})

const judge = (on: Loaded, world: World, defined: ReadonlySet<string>): Found | undefined => {
  const { group, version, kind } = on.ref
  if (defined.has(`${group}/${version}/${kind}`)) return undefined
  const removed = gone(on, world)
  if (removed !== undefined) return removed
  const served = servedVersions(on.ref)
  if (served.some((one) => one.version === version)) return undefined
  return served.length > 0 || (isKnownGroup(group) && isOwnGroup(group)) ? refused(on) : notJudged(on)
}

/** Kinds and versions that no API serves. */
export const apiUnknown: Rule = {
  id: 'api-unknown',
  severity: 'error',
  about: 'Every apiVersion and kind is one that this Kubernetes or a known operator serves.',
  check: (world) => {
    const defined = definedHere(world)
    const noted = new Set<string>()
    return world.objects.flatMap((on) => {
      const found = judge(on, world, defined)
      if (found === undefined) return []
      if (found.severity !== 'note') return [found]
      if (noted.has(named(on))) return []
      noted.add(named(on))
      return [found]
    })
  },
}
