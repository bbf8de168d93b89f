import type { Loaded, PodGroup, World } from '../types.ts'
import { isObject, labelsOf, objectOf, objectsOf, scalarText, wholeNumber } from '../values.ts'

/** A Service of the files and where its ports lead in a group of pods. */
export type ServiceOf = {
  readonly object: Loaded
  readonly ports: readonly { readonly path: string; readonly port: string; readonly target: number | undefined }[]
}

/** The Services of the files that select the pods of `group`. */
export const servicesOf = (world: World, group: PodGroup): readonly ServiceOf[] =>
  world
    .ofKind('Service', '')
    .filter(({ ref, manifest }) => {
      const selector = objectOf(manifest.spec).selector
      if (ref.namespace !== group.namespace || !isObject(selector) || Object.keys(selector).length === 0) return false
      return Object.entries(labelsOf(selector)).every(([key, value]) => group.labels[key] === value)
    })
    .map((object) => ({
      object,
      ports: objectsOf(objectOf(object.manifest.spec).ports).map((port, index) => ({
        path: `spec.ports[${index}]`,
        port: scalarText(port.port) ?? '',
        target: numberOfPort(group, port.targetPort ?? port.port),
      })),
    }))

/** The number behind a port that is given by number or by name. */
const numberOfPort = (group: PodGroup, target: unknown): number | undefined =>
  wholeNumber(target) ?? group.ports.find(({ name }) => name === target)?.port
