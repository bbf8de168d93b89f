import { type End, endOf, networkOf, rulesFor, stoppedBy } from '../../network/allows.ts'
import { hasPort } from '../../network/port-set.ts'
import { type Blocked, proof } from '../../network/proof.ts'
import type { Flow, Found, PodGroup, Rule, World } from '../../types.ts'
import { titleOf } from '../references/reference.ts'
import { type Implied, impliedFlows } from './implied-flows.ts'

/** A connection that is declared, or that the set itself needs, and that policies stop. */
export const flowBlocked: Rule = {
  id: 'flow-blocked',
  severity: 'error',
  about: 'Every connection that is declared, or that the set itself needs, is allowed by policies.',
  check: (world) => [...blockedFlows(world), ...blockedNeeds(world)],
}

const blockedFlows = (world: World): readonly Found[] =>
  [...Map.groupBy(proof(world).blocked, ({ flow }) => flow)].flatMap(([flow, all]): readonly Found[] => {
    const [first] = all
    const on = first === undefined ? undefined : (groupOf(first)?.owner ?? (first.from ?? first.to)?.group?.owner)
    if (first === undefined || on === undefined) return []
    const more = all.length === 1 ? '' : `, and ${all.length - 1} more of this kind`
    return [
      {
        on,
        path: groupOf(first)?.path ?? 'metadata.name',
        says: `The declared connection from ${first.from?.name ?? peerText(flow.from)} to ${first.to?.name ?? peerText(flow.to)} on port ${first.port} (${flow.why}) is stopped: no policy lets it ${
          first.side === 'egress' ? 'out' : 'in'
        }${more}.`,
        fix: `Add it to the ${first.side} rules of the policy that selects these pods.`,
      },
    ]
  })

/** The pods on the side that stops the connection. */
const groupOf = ({ side, from, to }: Blocked): PodGroup | undefined => (side === 'egress' ? from : to)?.group

const peerText = (peer: Flow['from']): string =>
  peer.kind === 'addresses'
    ? peer.cidrs.join(', ')
    : `${peer.namespace ?? 'any namespace'}/${Object.entries(peer.labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(',')}`

const blockedNeeds = (world: World): readonly Found[] => {
  const seen = new Set<string>()
  return impliedFlows(world).flatMap((need): readonly Found[] => {
    const side = sideOf(world, need)
    const name = need.from === undefined ? 'nobody outside the cluster' : `${need.from.namespace}/${need.from.name}`
    const key = `${name} ${need.to.namespace}/${need.to.name} ${need.port}`
    if (side === undefined || seen.has(key)) return []
    seen.add(key)
    const target = `${need.to.namespace}/${need.to.name} on port ${need.port}`
    return [
      {
        on: need.on,
        path: need.path,
        says:
          need.from === undefined
            ? `${titleOf(need.on)} leads nowhere: no policy lets anything outside the cluster in to ${target} (${need.why}).`
            : `${name} cannot connect to ${target} (${need.why}): no policy lets it ${side === 'egress' ? 'out' : 'in'}.`,
        fix: `Add it to the ${side} rules of the policy that selects these pods.`,
      },
    ]
  })
}

const sideOf = (world: World, { from, to, port, protocol }: Implied): 'egress' | 'ingress' | undefined => {
  const network = networkOf(world)
  const target: End = { kind: 'pod', pod: endOf(network, to) }
  if (from !== undefined)
    return stoppedBy(network, { from: { kind: 'pod', pod: endOf(network, from) }, to: target, port, protocol })
  const rules = rulesFor(network, 'ingress', target.pod)
  const isOpen =
    rules === undefined ||
    rules.some(
      ({ peers, ports }) =>
        hasPort(ports(target.pod.ports), port, protocol) &&
        (peers === undefined || peers.some(({ kind }) => kind === 'addresses')),
    )
  return isOpen ? undefined : 'ingress'
}
