import { containersOf, joined } from '../../pod-template.ts'
import type { PodGroup, Rule } from '../../types.ts'
import { objectOf, textOf } from '../../values.ts'
import { parseImage } from '../images/image-reference.ts'
import { imageUsers } from './image-users.ts'

const userOf = (image: string): string | undefined => {
  const { repository } = parseImage(image)
  return Object.hasOwn(imageUsers, repository) ? imageUsers[repository] : undefined
}

/** Containers that must not be root, of images of which the kubelet cannot tell that they are not. */
export const userNotNumeric: Rule = {
  id: 'user-not-numeric',
  severity: 'error',
  about: 'Every container with runAsNonRoot has a numeric user, its own or its image’s.',
  check: (world) => world.pods.filter(({ modelled }) => !modelled).flatMap(inGroup),
}

const inGroup = (group: PodGroup) => {
  const ofPod = objectOf(group.spec.securityContext)
  return containersOf(group).flatMap(({ name, path, spec }) => {
    const own = objectOf(spec.securityContext)
    const isRefusedRoot = (own.runAsNonRoot ?? ofPod.runAsNonRoot) === true
    const hasUser = typeof (own.runAsUser ?? ofPod.runAsUser) === 'number'
    const user = userOf(textOf(spec.image) ?? '')
    if (!isRefusedRoot || hasUser || user === undefined) return []
    const why =
      user === 'root'
        ? 'the image runs as root'
        : `the image's user is the name "${user}", which cannot be told from root`
    return [
      {
        on: group.owner,
        path: joined(path, 'image'),
        says: `The container "${name}" never starts (CreateContainerConfigError): it must not be root and ${why}.`,
        fix: 'Set securityContext.runAsUser to the number of the user.',
      },
    ]
  })
}
