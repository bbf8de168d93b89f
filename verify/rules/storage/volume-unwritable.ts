import { containersOf, joined, type PodContainer, specPath } from '../../pod-template.ts'
import type { PodGroup, Rule, World } from '../../types.ts'
import { objectOf, objectsOf, textOf } from '../../values.ts'
import { parseImage } from '../images/image-reference.ts'
import { imageUsers } from '../security/image-users.ts'
import { sharedClaims } from './claims-of.ts'

/** Well-known images whose USER is a number (their Dockerfiles). */
const numericUsers: Readonly<Record<string, number>> = {
  'docker.io/grafana/grafana': 472,
  'docker.io/grafana/grafana-oss': 472,
}

const lookUp = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** Who a container runs as, in words; undefined when it is root, or nobody knows. */
const userOf = (group: PodGroup, { spec }: PodContainer): string | undefined => {
  const own = objectOf(spec.securityContext)
  const ofPod = objectOf(group.spec.securityContext)
  const number = own.runAsUser ?? ofPod.runAsUser
  if (typeof number === 'number') return number === 0 ? undefined : String(number)
  const { repository } = parseImage(textOf(spec.image) ?? '')
  const user = lookUp(imageUsers, repository) ?? lookUp(numericUsers, repository)?.toString()
  return user === 'root' ? undefined : user
}

const volumesOf = (world: World, group: PodGroup): readonly string[] => [
  ...sharedClaims(world, group)
    .filter(({ isReadOnly }) => !isReadOnly)
    .map(({ volume }) => volume),
  ...group.ownClaims.map(({ name }) => name),
]

/** New volumes that belong to root and are mounted by somebody else. */
export const volumeUnwritable: Rule = {
  id: 'volume-unwritable',
  severity: 'error',
  about: 'Every pod that does not run as root names the group that its volumes are given to.',
  check: (world) =>
    world.pods
      .filter(({ modelled, spec }) => !modelled && objectOf(spec.securityContext).fsGroup === undefined)
      .flatMap((group) => {
        const volumes = volumesOf(world, group)
        const found = containersOf(group).flatMap((container) => {
          const user = userOf(group, container)
          const mount = objectsOf(container.spec.volumeMounts).find(
            (one) => volumes.includes(String(one.name)) && one.readOnly !== true,
          )
          return user === undefined || mount === undefined ? [] : [{ user, mount, name: container.name }]
        })
        return found.slice(0, 1).map(({ user, mount, name }) => ({
          on: group.owner,
          path: joined(specPath(group), 'securityContext'),
          says: `"${name}" runs as ${user} and cannot write to ${String(mount.mountPath)}: a new volume belongs to root.`,
          fix: 'Set securityContext.fsGroup of the pod to the group of its process.',
        }))
      }),
}
