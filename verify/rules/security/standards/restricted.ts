import { quoted } from '../../../pod-template.ts'
import { objectOf, objectsOf, textsOf } from '../../../values.ts'
import { procMount } from './baseline.ts'
import {
  type Control,
  containerSetters,
  hasOwnUsers,
  isWindows,
  type PodView,
  type Setter,
  setters,
  violation,
} from './pod-view.ts'

const skipsWindows = (pod: PodView, minor: number): boolean => minor >= 25 && isWindows(pod)

const privilegeEscalation: Control = {
  id: 'allowPrivilegeEscalation',
  check: (pod, minor) => {
    if (skipsWindows(pod, minor)) return []
    const who = containerSetters(pod).filter(({ context }) => context?.allowPrivilegeEscalation !== false)
    return violationsBySaid(who, 'allowPrivilegeEscalation', 'must set securityContext.allowPrivilegeEscalation=false')
  },
}

/** Those that say the wrong thing and those that say nothing, apart. */
const violationsBySaid = (who: readonly Setter[], field: string, says: string) => {
  const said = who.filter(({ context }) => context?.[field] !== undefined && context[field] !== null)
  return [
    ...violation(said, says),
    ...violation(
      who.filter((setter) => !said.includes(setter)),
      says,
      true,
    ),
  ]
}

const capabilities: Control = {
  id: 'capabilities_restricted',
  check: (pod, minor) => {
    if (minor < 22 || skipsWindows(pod, minor)) return []
    const of = ({ context }: Setter) => objectOf(context?.capabilities)
    const all = containerSetters(pod)
    const adders = all.filter((setter) => textsOf(of(setter).add).some((name) => name !== 'NET_BIND_SERVICE'))
    return [
      ...violation(
        all.filter((setter) => !textsOf(of(setter).drop).includes('ALL')),
        'must set securityContext.capabilities.drop=["ALL"]',
        true,
      ),
      ...violation(adders, 'must not add other capabilities than NET_BIND_SERVICE'),
    ]
  },
}

/** What containers may leave to the pod: whether they say the wrong thing, and whether nobody says the right one. */
const inherited = (
  pod: PodView,
  valueIn: (setter: Setter) => unknown,
  isRight: (value: unknown) => boolean,
  says: string,
) => {
  const isSet = (setter: Setter) => valueIn(setter) !== undefined && valueIn(setter) !== null
  const wrong = setters(pod).filter((setter) => isSet(setter) && !isRight(valueIn(setter)))
  if (wrong.length > 0) return violation(wrong, says)
  const [own] = setters(pod)
  if (own !== undefined && isSet(own)) return []
  const unset = containerSetters(pod).filter((setter) => !isSet(setter))
  return unset.length === 0 ? [] : [{ says: `pod or ${violation(unset, says)[0]?.says}`, silent: true }]
}

const runAsNonRoot: Control = {
  id: 'runAsNonRoot',
  check: (pod, minor) =>
    hasOwnUsers(pod, minor)
      ? []
      : inherited(
          pod,
          ({ context }) => context?.runAsNonRoot,
          (value) => value === true,
          'must set securityContext.runAsNonRoot=true',
        ),
}

const runAsUser: Control = {
  id: 'runAsUser',
  check: (pod, minor) =>
    minor < 23 || hasOwnUsers(pod, minor)
      ? []
      : violation(
          setters(pod).filter(({ context }) => context?.runAsUser === 0),
          'must not set securityContext.runAsUser=0',
        ),
}

const seccomp: Control = {
  id: 'seccompProfile_restricted',
  check: (pod, minor) =>
    minor < 19 || skipsWindows(pod, minor)
      ? []
      : inherited(
          pod,
          ({ context }) => {
            const profile = context?.seccompProfile
            return profile === undefined || profile === null ? undefined : (objectOf(profile).type ?? '')
          },
          (type) => type === 'RuntimeDefault' || type === 'Localhost',
          'must set securityContext.seccompProfile.type to RuntimeDefault or Localhost',
        ),
}

const allowedVolumes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]

const volumes: Control = {
  id: 'restrictedVolumes',
  check: ({ spec }) => {
    const names = objectsOf(spec.volumes)
      .filter((volume) => !allowedVolumes.some((kind) => volume[kind] !== undefined && volume[kind] !== null))
      .map(({ name }) => String(name))
    return names.length === 0 ? [] : [{ says: `the volumes ${quoted(names)} are of a restricted type`, silent: false }]
  },
}

/** Controls of `restricted`, beside those that both levels share. */
export const restrictedOnly: readonly Control[] = [
  privilegeEscalation,
  capabilities,
  runAsNonRoot,
  runAsUser,
  seccomp,
  volumes,
  procMount(true),
]
