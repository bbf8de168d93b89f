import { annotationsOf, containersOf, joined, specPath } from '../../pod-template.ts'
import type { JsonObject, Loaded, PodGroup, Rule, World } from '../../types.ts'
import { labelsOf, objectOf, objectsOf, textAt, textOf } from '../../values.ts'

/** Something changes the pods when their configuration changes: a checksum in the template, or a reloader that watches. */
const isFollowed = (group: PodGroup): boolean =>
  [...Object.keys(annotationsOf(group)), ...Object.keys(labelsOf(group.owner.manifest.metadata.annotations))].some(
    (key) => /checksum|hash|sha256|reloader|reload/i.test(key),
  )

/** kustomize and many charts put a hash of the content into the name. */
const isHashed = (name: string): boolean => /-[a-z0-9]{10}$/.test(name) && /\d/.test(name.slice(-10))

/** ConfigMaps that a running container never reads again: variables, and files mounted by subPath. */
const readOnce = (group: PodGroup): readonly string[] => {
  const volumes = new Map(
    objectsOf(group.spec.volumes).map((volume) => [volume.name, textAt(volume, 'configMap.name')]),
  )
  return containersOf(group)
    .flatMap(({ spec }) => [
      ...objectsOf(spec.envFrom).map((source) => textAt(source, 'configMapRef.name')),
      ...objectsOf(spec.env).map(({ valueFrom }) => textOf(objectOf(objectOf(valueFrom).configMapKeyRef).name)),
      ...objectsOf(spec.volumeMounts).map((mount: JsonObject) =>
        mount.subPath === undefined ? undefined : volumes.get(mount.name),
      ),
    ])
    .filter((name) => name !== undefined)
}

const mapOf = (world: World, namespace: string, name: string): Loaded | undefined =>
  world.ofKind('ConfigMap', '').find(({ ref }) => ref.namespace === namespace && ref.name === name)

const workloads = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

/** Pods that go on with the old configuration. */
export const configChecksumMissing: Rule = {
  id: 'config-checksum-missing',
  severity: 'warning',
  about: 'Every pod is replaced when a ConfigMap that it reads only at its start changes.',
  check: (world) =>
    world.pods
      .filter((group) => !group.modelled && workloads.has(group.owner.ref.kind) && !isFollowed(group))
      .flatMap((group) => {
        const stale = [...new Set(readOnce(group))].filter((name) => {
          const map = mapOf(world, group.namespace, name)
          return map !== undefined && map.manifest.immutable !== true && !isHashed(name)
        })
        return stale.map((name) => ({
          on: group.owner,
          path: joined(specPath(group).replace(/\.?spec$/, ''), 'metadata.annotations'),
          says: `The pods of ${group.name} keep their old settings when the ConfigMap "${name}" changes, until something else restarts them.`,
          fix: 'Put a checksum of the ConfigMap into an annotation of the pod template.',
        }))
      }),
}
