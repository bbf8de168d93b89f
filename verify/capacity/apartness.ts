import { selects } from '../model/selector.ts'
import type { JsonObject, PodGroup } from '../types.ts'
import { objectOf, objectsOf, textsOf } from '../values.ts'

/** Where two pods may not be together. */
export type Domain = 'node' | 'zone'

const domains: Readonly<Record<string, Domain>> = {
  'kubernetes.io/hostname': 'node',
  'topology.kubernetes.io/zone': 'zone',
  'failure-domain.beta.kubernetes.io/zone': 'zone',
}

/** The domain that a topology key names; undefined for others, which are not judged. */
export const domainOf = (topologyKey: unknown): Domain | undefined =>
  typeof topologyKey === 'string' && Object.hasOwn(domains, topologyKey) ? domains[topologyKey] : undefined

const terms = ({ spec }: PodGroup): readonly JsonObject[] =>
  objectsOf(objectOf(objectOf(spec.affinity).podAntiAffinity).requiredDuringSchedulingIgnoredDuringExecution)

const keepsAway = (from: PodGroup, other: PodGroup, domain: Domain): boolean =>
  terms(from).some((term) => {
    const namespaces = textsOf(term.namespaces)
    const reaches =
      namespaces.length > 0
        ? namespaces.includes(other.namespace)
        : term.namespaceSelector !== undefined || other.namespace === from.namespace
    return reaches && domainOf(term.topologyKey) === domain && selects(term.labelSelector, other.labels)
  })

/** Whether pods of two groups (or two of one) may not share a node or zone; either side's wish counts. */
export const areApart = (a: PodGroup, b: PodGroup, domain: Domain): boolean =>
  keepsAway(a, b, domain) || keepsAway(b, a, domain)
