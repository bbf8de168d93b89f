import { namespaceOf } from '../../model/modelled.ts'
import { labelSelector, selectorText } from '../../model/selector.ts'
import { endOf, networkOf } from '../../network/allows.ts'
import { meetsPod, type PolicyPeer } from '../../network/policies.ts'
import type { Found, Json, Rule, World } from '../../types.ts'
import { labelsAt, objectAt, valueAt } from '../../values.ts'

/** A NetworkPolicy that selects no pod. */
export const policySelectsNothing: Rule = {
  id: 'policy-selects-nothing',
  severity: 'error',
  about: 'Every NetworkPolicy selects pods of its namespace.',
  check: (world) =>
    networkOf(world).policies.flatMap(({ object, namespace, selects }): readonly Found[] => {
      const selector = objectAt(object.manifest, 'spec.podSelector')
      if (selectorText(selector) === 'everything') return []
      if (world.pods.some((group) => group.namespace === namespace && selects(group.labels))) return []
      return [
        {
          on: object,
          path: 'spec.podSelector',
          says: `NetworkPolicy "${object.ref.name}" does nothing: no pod in ${namespace} meets ${selectorText(selector)}, so what it was meant for is neither guarded nor opened.`,
          fix: 'Select the labels that the pods carry; those of operators are made by the operators.',
        },
      ]
    }),
}

/** An item of `from` or `to` that meets no pod. */
export const policyPeerSelectsNothing: Rule = {
  id: 'policy-peer-selects-nothing',
  severity: 'error',
  about: 'Every peer that a NetworkPolicy names is a pod or namespace that exists.',
  check: (world) => {
    const network = networkOf(world)
    const ends = world.pods.map((group) => endOf(network, group))
    return network.policies.flatMap(({ object, ingress, egress }) =>
      [...(ingress ?? []), ...(egress ?? [])].flatMap(({ path, peers }) =>
        (peers ?? []).flatMap((peer, index): readonly Found[] => {
          if (peer.kind === 'addresses' || ends.some((end) => meetsPod(peer, end))) return []
          if (mayBeElsewhere(world, namespaceOf(object), peer)) return []
          const side = path.startsWith('spec.ingress') ? 'from' : 'to'
          return [
            {
              on: object,
              path: `${path}.${side}[${index}]`,
              says: `NetworkPolicy "${object.ref.name}" opens ${side === 'from' ? 'to nobody' : 'the way to nobody'}: ${peerText(peer.written)} meets no pod.`,
              fix: 'Select labels that the pods carry, and namespaces by kubernetes.io/metadata.name, which each has by itself.',
            },
          ]
        }),
      ),
    )
  },
}

/** Whether the peer names a namespace whose pods these files do not hold: then nothing is known of them. */
const mayBeElsewhere = (world: World, own: string, peer: Extract<PolicyPeer, { kind: 'pods' }>): boolean => {
  const selector = valueAt(peer.written, 'namespaceSelector')
  if (selector === undefined) return !world.pods.some(({ namespace }) => namespace === own)
  const name = labelsAt(selector, 'matchLabels')['kubernetes.io/metadata.name']
  if (name !== undefined) return !world.pods.some(({ namespace }) => namespace === name)
  const meets = labelSelector(selector)
  const known = world.ofKind('Namespace', '')
  if (known.some(({ manifest }) => meets(manifest.metadata.labels ?? {}))) return false
  return known.length === 0
}

const peerText = (written: Json): string =>
  [
    ...(valueAt(written, 'podSelector') === undefined
      ? []
      : [`pods with ${selectorText(valueAt(written, 'podSelector'))}`]),
    ...(valueAt(written, 'namespaceSelector') === undefined
      ? []
      : [`namespaces with ${selectorText(valueAt(written, 'namespaceSelector'))}`]),
  ].join(' in ')
