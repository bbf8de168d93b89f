import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { worldOf } from '../testing/world-of.ts'
import { allows, type End, endOf, networkOf } from './allows.ts'

/** What a policy may be written of in these tests; kept small, so that selectors often meet. */
type Selector = {
  matchLabels?: Record<string, string>
  matchExpressions?: { key: string; operator: string; values?: string[] }[]
}
type WrittenPeer = {
  podSelector?: Selector
  namespaceSelector?: Selector
  ipBlock?: { cidr: string; except?: string[] }
}
type WrittenPort = { protocol?: string; port?: number | string; endPort?: number }
type WrittenRule = { from?: WrittenPeer[]; to?: WrittenPeer[]; ports?: WrittenPort[] }
type Spec = { podSelector: Selector; policyTypes?: string[]; ingress?: WrittenRule[]; egress?: WrittenRule[] }
type Written = { namespace: string; spec: Spec }

const label = fc.constantFrom('x', 'y')
const selector: fc.Arbitrary<Selector> = fc.oneof(
  fc.constant({}),
  label.map((value) => ({ matchLabels: { app: value } })),
  fc
    .tuple(fc.constantFrom('app', 'tier'), fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'), label)
    .map(([key, operator, value]) => ({
      matchExpressions: [{ key, operator, ...(operator.includes('In') ? { values: [value] } : {}) }],
    })),
)
const namespaceSelector: fc.Arbitrary<Selector> = fc.oneof(
  fc.constant({}),
  fc.constantFrom('one', 'two').map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })),
  fc.constant({ matchLabels: { env: 'prod' } }),
)
const peer: fc.Arbitrary<WrittenPeer> = fc.oneof(
  selector.map((podSelector) => ({ podSelector })),
  namespaceSelector.map((chosen) => ({ namespaceSelector: chosen })),
  fc.tuple(selector, namespaceSelector).map(([podSelector, chosen]) => ({ podSelector, namespaceSelector: chosen })),
  fc.constant<WrittenPeer>({ ipBlock: { cidr: '8.0.0.0/8', except: ['8.8.0.0/16'] } }),
)
const port: fc.Arbitrary<WrittenPort> = fc.oneof(
  fc.constant({}),
  fc.constant({ protocol: 'UDP' }),
  fc.constantFrom(80, 81).map((number) => ({ port: number })),
  fc.constant({ port: 80, endPort: 90, protocol: 'TCP' }),
  fc.constant({ port: 'web' }),
)
const rule = (side: 'from' | 'to'): fc.Arbitrary<WrittenRule> =>
  fc.record({ [side]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) }, { requiredKeys: [] })
const policy: fc.Arbitrary<Written> = fc.record({
  namespace: fc.constantFrom('one', 'two'),
  spec: fc.record(
    {
      podSelector: selector,
      policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
      ingress: fc.array(rule('from'), { maxLength: 2 }),
      egress: fc.array(rule('to'), { maxLength: 2 }),
    },
    { requiredKeys: ['podSelector'] },
  ),
})

const pods = [
  { namespace: 'one', name: 'a', labels: { app: 'x' } },
  { namespace: 'one', name: 'b', labels: { app: 'y', tier: 'x' } },
  { namespace: 'two', name: 'c', labels: { app: 'x', tier: 'y' } },
]
const webPort = 81
const namespaceLabels: Record<string, Record<string, string>> = {
  one: { env: 'prod', 'kubernetes.io/metadata.name': 'one' },
  two: { 'kubernetes.io/metadata.name': 'two' },
}

const documents = (policies: readonly Written[]) =>
  [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'one', labels: { env: 'prod' } } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'two' } },
    ...pods.map(({ namespace, name, labels }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels },
      spec: { containers: [{ name: 'c', image: 'i', ports: [{ name: 'web', containerPort: webPort }] }] },
    })),
    ...policies.map(({ namespace, spec }, index) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `p${index}`, namespace },
      spec,
    })),
  ]
    .map((document) => stringify(document))
    .join('---\n')

/** The API's documentation, read once more and as naively as can be. */
const reading = (policies: readonly Written[], from: Side, to: Side, number: number, protocol: string): boolean => {
  const meets = (one: Selector | undefined, labels: Record<string, string>): boolean => {
    for (const [key, value] of Object.entries(one?.matchLabels ?? {})) if (labels[key] !== value) return false
    for (const { key, operator, values } of one?.matchExpressions ?? []) {
      const has = key in labels
      const among = values?.includes(labels[key] ?? '') ?? false
      if (operator === 'In' && !(has && among)) return false
      if (operator === 'NotIn' && has && among) return false
      if (operator === 'Exists' && !has) return false
      if (operator === 'DoesNotExist' && has) return false
    }
    return true
  }
  const isPeer = (one: WrittenPeer, own: string, other: Side): boolean => {
    if (one.ipBlock !== undefined)
      return typeof other === 'string' && other.startsWith('8.') && !other.startsWith('8.8.')
    if (typeof other === 'string') return false
    if (one.namespaceSelector === undefined && other.namespace !== own) return false
    if (one.namespaceSelector !== undefined && !meets(one.namespaceSelector, namespaceLabels[other.namespace] ?? {}))
      return false
    return meets(one.podSelector, other.labels)
  }
  const isPort = (one: WrittenPort, other: Side): boolean => {
    if ((one.protocol ?? 'TCP') !== protocol) return false
    if (one.port === undefined) return true
    if (typeof one.port === 'string') return typeof other !== 'string' && protocol === 'TCP' && number === webPort
    return one.port <= number && number <= (one.endPort ?? one.port)
  }
  const side = (direction: 'Ingress' | 'Egress', self: Side, other: Side, called: Side): boolean => {
    if (typeof self === 'string') return true
    const isolating = policies.filter(({ namespace, spec }) => {
      const types = spec.policyTypes ?? ['Ingress', ...((spec.egress ?? []).length > 0 ? ['Egress'] : [])]
      return namespace === self.namespace && meets(spec.podSelector, self.labels) && types.includes(direction)
    })
    if (isolating.length === 0) return true
    return isolating.some(({ namespace, spec }) =>
      ((direction === 'Ingress' ? spec.ingress : spec.egress) ?? []).some((one) => {
        const peers = (direction === 'Ingress' ? one.from : one.to) ?? []
        const isOpen = (one.ports ?? []).length === 0 || (one.ports ?? []).some((written) => isPort(written, called))
        return isOpen && (peers.length === 0 || peers.some((written) => isPeer(written, namespace, other)))
      }),
    )
  }
  return side('Egress', from, to, to) && side('Ingress', to, from, to)
}

type Side = string | (typeof pods)[number]
const sides: readonly Side[] = [...pods, '8.1.1.1', '8.8.8.8', '1.1.1.1']

test('lets through exactly what a plain reading of the policies does', () => {
  fc.assert(
    fc.property(fc.array(policy, { maxLength: 4 }), (policies) => {
      const world = worldOf(documents(policies))
      const network = networkOf(world)
      const endFor = (side: Side): End => {
        if (typeof side === 'string') return { kind: 'address', address: side }
        const group = world.pods.find(({ name }) => name === side.name)
        if (group === undefined) throw new Error(`no pods ${side.name}`)
        return { kind: 'pod', pod: endOf(network, group) }
      }
      for (const from of sides)
        for (const to of sides)
          for (const number of [80, 81, 85])
            for (const protocol of ['TCP', 'UDP'] as const)
              expect(allows(network, { from: endFor(from), to: endFor(to), port: number, protocol })).toBe(
                reading(policies, from, to, number, protocol),
              )
    }),
    { numRuns: 150 },
  )
})
