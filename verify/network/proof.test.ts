import { describe, expect, test } from 'vitest'
import { worldOf } from '../testing/world-of.ts'
import type { Flow } from '../types.ts'
import { proof, proofText } from './proof.ts'

const workload = (name: string, port: number, replicas = 2) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: prod }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app, image: i, ports: [{ containerPort: ${port} }] }] }
`
const policy = (name: string, spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: prod }
spec: ${spec}
`
const deny = policy('default-deny', '{ podSelector: {}, policyTypes: [Ingress, Egress] }')
const out = (to = '{ podSelector: { matchLabels: { app: store } } }', port = '5432') =>
  policy(
    'web-egress',
    `{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [${to}], ports: [{ port: ${port} }] }] }`,
  )
const into = (from = '{ podSelector: { matchLabels: { app: web } } }') =>
  policy(
    'store-ingress',
    `{ podSelector: { matchLabels: { app: store } }, policyTypes: [Ingress], ingress: [{ from: [${from}], ports: [{ port: 5432 }] }] }`,
  )

const pods = (app: string): Flow['from'] => ({ kind: 'pods', namespace: 'prod', labels: { app } })
const flows: readonly Flow[] = [
  { from: pods('web'), to: pods('store'), ports: [{ port: 5432, protocol: 'TCP' }], why: 'orders' },
]
const set = workload('web', 3000) + workload('store', 5432)
const judged = (text: string, declared: readonly Flow[] = flows) =>
  proof(worldOf(text, { context: { flows: declared } }))

describe('what is declared and what is allowed', () => {
  test('are the same when policies say just the declared connections', () => {
    const { blocked, undeclared, connections } = judged(set + deny + out() + into())
    expect({ blocked, undeclared, connections }).toEqual({ blocked: [], undeclared: [], connections: 1 })
  })

  test('differ when one side does not open, and it says which', () => {
    expect(judged(set + deny + out()).blocked.map(({ side }) => side)).toEqual(['ingress'])
    expect(judged(set + deny + into()).blocked.map(({ side }) => side)).toEqual(['egress'])
  })

  test('differ when a peer is wider than declared', () => {
    const { undeclared, ends } = judged(
      set +
        workload('job', 1) +
        deny +
        out() +
        into('{ podSelector: {} }') +
        policy('job-egress', '{ podSelector: { matchLabels: { app: job } }, policyTypes: [Egress], egress: [{}] }'),
    )
    const pairs = undeclared.flatMap(({ reach }) =>
      reach.kind === 'pods' ? [`${ends[reach.from]?.name} ${ends[reach.to]?.name}`] : [],
    )
    expect(pairs).toContain('prod/job prod/store')
  })

  test('differ when any namespace may come in', () => {
    const { undeclared, ends } = judged(set + deny + out() + into('{ namespaceSelector: {} }'))
    expect(undeclared.map(({ reach }) => (reach.kind === 'pods' ? ends[reach.from]?.name : ''))).toContain(
      'another namespace/any other pod',
    )
  })

  test('differ when a port is opened that nobody declared', () => {
    const wide = policy(
      'store-more',
      '{ podSelector: { matchLabels: { app: store } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 9999 }] }] }',
    )
    const both = policy(
      'web-more',
      '{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: store } } }], ports: [{ port: 9999 }] }] }',
    )
    expect(judged(set + deny + out() + into() + wide).undeclared).toEqual([])
    expect(judged(set + deny + out() + into() + wide + both).undeclared.map(({ ports }) => ports)).toEqual([
      [{ protocol: 'TCP', from: 9999, to: 9999 }],
    ])
  })

  test('differ when pods may go to addresses that nobody declared', () => {
    const internet =
      '{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10] } }'
    const wide =
      set +
      deny +
      into() +
      out() +
      policy(
        'web-internet',
        `{ podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [${internet}], ports: [{ port: 443 }] }] }`,
      )
    expect(judged(wide).undeclared).toHaveLength(1)
    const declared: Flow = {
      from: pods('web'),
      to: {
        kind: 'addresses',
        cidrs: ['0.0.0.0/0'],
        except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
      },
      ports: [{ port: 443, protocol: 'TCP' }],
      why: 'the chain',
    }
    expect(judged(wide, [...flows, declared]).undeclared).toEqual([])
    expect(judged(wide, [...flows, declared]).blocked).toEqual([])
  })

  test('differ wherever no policy isolates', () => {
    expect(judged(set).undeclared.length).toBeGreaterThan(0)
    expect(judged(set).blocked).toEqual([])
  })
})

test('one line says how much was compared', () => {
  expect(proofText(judged(set + deny + out() + into()))).toBe(
    'network of prod: 1 declared connections (1 by pods and port), all allowed; nothing else is, of all between 16 pairs of pods and addresses outside',
  )
  expect(proofText(proof(worldOf(set)))).toContain('no connections are declared')
})
