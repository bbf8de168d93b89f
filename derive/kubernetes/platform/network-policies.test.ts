import * as fc from 'fast-check'
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { expect, test } from 'vitest'
import { type Actor, isDeclared, lets } from '../../testing/read-policies.ts'
import { toyClouds, toyCluster, toyClusterIn, toyMachine } from '../../testing/toy-cluster.ts'
import { toyPlatform } from '../../testing/toy-platform.ts'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import type { Flow, FlowPeer, FlowPort } from '../flows/flow.ts'
import { flows } from '../flows.ts'
import { clusterOf } from '../systems/systems.ts'
import { networkPolicies } from './network-policies.ts'

const policiesOf = (environment: ClusterEnvironment, declared: readonly Flow[]): readonly INetworkPolicy[] =>
  Object.values(networkPolicies(environment, declared).files)
    .flat()
    .map(({ apiVersion: _, kind: __, ...policy }) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      ...policy,
    }))

/** A pod of each declared set and a stranger in every namespace, and addresses of each sort. */
const actorsOf = (environment: ClusterEnvironment, declared: readonly Flow[]): readonly Actor[] => {
  const pods = declared
    .flatMap(({ from, to }) => [from, to])
    .filter((peer) => peer.kind === 'pods')
    .map(({ namespace, labels }) => ({ namespace, labels }))
  const namespaces = [...Object.values(environment.namespaces), 'elsewhere']
  const strangers = namespaces.map((namespace) => ({ namespace, labels: { app: 'stranger' } }))
  const ips = ['8.8.8.8', '10.1.0.7', '10.1.144.3', '172.18.0.2', '169.254.169.254', '169.254.169.252', '2001:db8::1']
  const distinct = new Map([...pods, ...strangers].map((pod) => [JSON.stringify(pod), pod]))
  return [
    ...[...distinct.values()].map((pod) => ({ kind: 'pod' as const, ...pod })),
    ...ips.map((ip) => ({ kind: 'address' as const, ip })),
  ]
}

const portsOf = (declared: readonly Flow[]): readonly FlowPort[] => {
  const numbers = new Set([22, ...declared.flatMap(({ ports }) => ports.map(({ port }) => port))])
  return [...numbers].flatMap((port) => [
    { port, protocol: 'TCP' as const },
    { port, protocol: 'UDP' as const },
  ])
}

/** Connections that policies and declaration disagree on; those that touch no namespace of ours are nobody's business. */
const disagreements = (environment: ClusterEnvironment, declared: readonly Flow[]): readonly unknown[] => {
  const policies = policiesOf(environment, declared)
  const actors = actorsOf(environment, declared)
  const ours = Object.values(environment.namespaces)
  const isOurs = (actor: Actor) => actor.kind === 'pod' && ours.includes(actor.namespace)
  return actors.flatMap((from) =>
    actors
      .filter((to) => isOurs(from) || isOurs(to))
      .flatMap((to) =>
        portsOf(declared)
          .filter((at) => lets(policies, from, to, at) !== isDeclared(declared, from, to, at))
          .map((at) => ({ from, to, at })),
      ),
  )
}

test.each([
  ...toyClouds.slice(0, 2).map((cloud) => [cloud.kind, toyClusterIn(cloud)] as const),
  ['one machine', toyMachine] as const,
])('policies let through the declared connections and no other: %s', (_, environment) => {
  const declared = flows(clusterOf(toyPlatform, environment))
  expect(disagreements(environment, declared)).toEqual([])
})

const anyPod = fc
  .record({
    name: fc.constantFrom('red', 'green', 'blue'),
    namespace: fc.constantFrom('toy-apps', 'toy-data', 'toy-monitoring', 'outside'),
  })
  .map(({ name, namespace }): FlowPeer => ({ kind: 'pods', name, namespace, labels: { app: name } }))
const anyAddresses = fc.constantFrom<FlowPeer>(
  { kind: 'addresses', name: 'internet', cidrs: ['0.0.0.0/0'], except: ['10.0.0.0/8'] },
  { kind: 'addresses', name: 'nodes', cidrs: ['10.1.0.0/17'], except: [] },
)
const anyPorts = fc.uniqueArray(
  fc.record({ port: fc.integer({ min: 1, max: 4 }), protocol: fc.constantFrom('TCP' as const, 'UDP' as const) }),
  { minLength: 1, maxLength: 3, selector: ({ port, protocol }) => `${port}${protocol}` },
)
const anyFlow = fc.oneof(
  fc.record({ from: anyPod, to: anyPod, ports: anyPorts, why: fc.constant('') }),
  fc.record({ from: anyPod, to: anyAddresses, ports: anyPorts, why: fc.constant('') }),
  fc.record({ from: anyAddresses, to: anyPod, ports: anyPorts, why: fc.constant('') }),
)

test('any list of connections becomes policies that let through exactly that list', () => {
  fc.assert(
    fc.property(fc.array(anyFlow, { maxLength: 6 }), (declared) => {
      expect(disagreements(toyCluster, declared)).toEqual([])
    }),
    { numRuns: 40 },
  )
})

test('the order of the declaration does not change a policy', () => {
  const declared = flows(clusterOf(toyPlatform, toyCluster))
  expect(policiesOf(toyCluster, declared.toReversed())).toEqual(policiesOf(toyCluster, declared))
})

test('every namespace denies what is not declared, and no two policies share a name', () => {
  const policies = policiesOf(toyCluster, flows(clusterOf(toyPlatform, toyCluster)))
  const denying = policies.filter(({ metadata }) => metadata?.name === 'default-deny')
  expect(denying.map(({ metadata, spec }) => [metadata?.namespace, spec])).toEqual(
    Object.values(toyCluster.namespaces).map((namespace) => [
      namespace,
      { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    ]),
  )
  const named = policies.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`)
  expect(new Set(named).size).toBe(named.length)
})
