import { selectorText } from '../../model/selector.ts'
import { endOf, type Network, networkOf, rulesFor, stoppedBy } from '../../network/allows.ts'
import type { PodEnd } from '../../network/policies.ts'
import type { Found, PodGroup, Rule, World } from '../../types.ts'
import { objectAt } from '../../values.ts'
import { titleOf } from '../references/reference.ts'

/** A namespace whose pods are open in one direction unless somebody thinks of them. */
export const defaultDenyMissing: Rule = {
  id: 'default-deny-missing',
  severity: 'warning',
  about: 'Every namespace with pods has a policy that isolates all of them.',
  check: (world) =>
    [...Map.groupBy(world.pods, ({ namespace }) => namespace)].flatMap(([namespace, [first]]): readonly Found[] => {
      const policies = networkOf(world).byNamespace.get(namespace) ?? []
      const open = (['ingress', 'egress'] as const).filter(
        (direction) =>
          !policies.some(
            (policy) =>
              policy[direction] !== undefined &&
              selectorText(objectAt(policy.object.manifest, 'spec.podSelector')) === 'everything',
          ),
      )
      if (open.length === 0 || first === undefined) return []
      const object = world.ofKind('Namespace', '').find(({ ref }) => ref.name === namespace)
      return [
        {
          on: object ?? first.owner,
          path: 'metadata.name',
          says: `No policy isolates all pods of namespace ${namespace} for ${open.join(' and ')}: a pod that no policy selects ${
            open.includes('ingress')
              ? 'takes connections from the whole cluster'
              : 'reaches everything, the internet too'
          }.`,
          fix: `Add a NetworkPolicy to ${namespace} with podSelector: {} and policyTypes [Ingress, Egress], and open what is needed.`,
        },
      ]
    }),
}

/** Where the cluster's DNS runs. */
const dnsEnd = (network: Network): PodEnd => ({
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
  namespaceLabels: network.namespaceLabels('kube-system'),
  ports: [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP' },
  ],
})

/** Pods whose egress is closed and that may not ask the cluster's DNS. */
export const dnsBlocked: Rule = {
  id: 'dns-blocked',
  severity: 'error',
  about: 'Every pod with closed egress may ask the DNS of the cluster.',
  check: (world) => {
    const network = networkOf(world)
    const to = { kind: 'pod' as const, pod: dnsEnd(network) }
    return world.pods.flatMap((group): readonly Found[] => {
      const from = { kind: 'pod' as const, pod: endOf(network, group) }
      const stopped = (['UDP', 'TCP'] as const).filter(
        (protocol) => stoppedBy(network, { from, to, port: 53, protocol }) === 'egress',
      )
      if (stopped.length === 0) return []
      return [
        {
          on: group.owner,
          path: group.path,
          severity: stopped.includes('UDP') ? ('error' as const) : ('warning' as const),
          says: `Pods of ${titleOf(group.owner)} cannot ask kube-dns over ${stopped.join(' and ')}: ${
            stopped.includes('UDP') ? 'no name of a service resolves' : 'long answers do not arrive'
          }.`,
          fix: 'Allow egress to kube-system pods with k8s-app=kube-dns on port 53, UDP and TCP.',
        },
      ]
    })
  },
}

/** Pods that listen and that no policy lets anything in to. */
export const podsUnreachable: Rule = {
  id: 'pods-unreachable',
  severity: 'error',
  about: 'Every pod that listens on ports is let into by some policy.',
  check: (world) =>
    world.pods.filter(({ ports }) => ports.some(isForOthers)).flatMap((group) => unreachable(world, group)),
}

/** Probes come from the node, which policies never stop. */
const isForOthers = ({ name }: PodGroup['ports'][number]): boolean =>
  name === undefined || !/^(health|probe)/.test(name)

const unreachable = (world: World, group: PodGroup): readonly Found[] => {
  const network = networkOf(world)
  const rules = rulesFor(network, 'ingress', endOf(network, group))
  if (rules === undefined || rules.length > 0) return []
  const policies = (network.byNamespace.get(group.namespace) ?? []).filter(
    ({ ingress, selects }) => ingress !== undefined && selects(group.labels),
  )
  return [
    {
      on: group.owner,
      path: group.path,
      says: `Nothing can connect to the pods of ${titleOf(group.owner)} (${group.ports.map(({ port }) => port).join(', ')}): ${policies
        .map(({ object }) => `"${object.ref.name}"`)
        .join(', ')} closes them and no policy opens them, not even to one another.`,
      fix: 'Add a NetworkPolicy that lets their callers in, on those ports only.',
    },
  ]
}
