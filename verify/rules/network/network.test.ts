import { describe, expect, test } from 'vitest'
import { findingsOf } from '../../testing/world-of.ts'
import type { Flow, Rule } from '../../types.ts'
import { networkRules } from './index.ts'

const ruleOf = (id: string): Rule => {
  const found = networkRules.find((rule) => rule.id === id)
  if (found === undefined) throw new Error(`no rule ${id}`)
  return found
}

const workload = (name: string, env = '') => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: prod }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app, image: i, ports: [{ name: http, containerPort: 3000 }]${env} }] }
`
const policy = (name: string, spec: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: prod }
spec: ${spec}
`
const service = (name: string, type = 'ClusterIP') => `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: prod }
spec: { type: ${type}, selector: { app: ${name} }, ports: [{ port: 80, targetPort: http }] }
`
const deny = policy('default-deny', '{ podSelector: {}, policyTypes: [Ingress, Egress] }')
const denyIngress = policy('deny-ingress', '{ podSelector: {}, policyTypes: [Ingress] }')
const dns = (ports: string) =>
  policy(
    'dns',
    `{ podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { k8s-app: kube-dns } } }], ports: [${ports}] }] }`,
  )
const into = (name: string, from: string) =>
  policy(
    `${name}-ingress`,
    `{ podSelector: { matchLabels: { app: ${name} } }, policyTypes: [Ingress], ingress: [{ from: [${from}], ports: [{ port: http }] }] }`,
  )
const out = (name: string, to: string) =>
  policy(
    `${name}-egress`,
    `{ podSelector: { matchLabels: { app: ${name} } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: ${to} } } }], ports: [{ port: 3000 }] }] }`,
  )
const web = '{ podSelector: { matchLabels: { app: web } } }'
const anywhere = '{ ipBlock: { cidr: 0.0.0.0/0 } }'
const calling =
  workload('web', ', env: [{ name: STORE_URL, value: "http://store" }]') + workload('store') + service('store')
const redis = `---
apiVersion: redis.redis.opstreelabs.in/v1beta2
kind: RedisCluster
metadata: { name: cache, namespace: prod }
spec: { clusterSize: 3 }
`
const redisPeer = '{ podSelector: { matchLabels: { redis_setup_type: cluster } } }'
const redisPolicy = (ports: string) =>
  policy(
    'cache',
    `{ podSelector: { matchLabels: { redis_setup_type: cluster } }, policyTypes: [Ingress], ingress: [{ from: [${redisPeer}], ports: [${ports}] }] }`,
  )
const monitored = `${workload('store')}---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: store, namespace: prod }
spec: { selector: { matchLabels: { app: store } }, podMetricsEndpoints: [{ port: http }] }
---
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: main, namespace: monitoring }
spec: { podMonitorSelector: {}, podMonitorNamespaceSelector: {} }
`
const scraper =
  '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } }, podSelector: { matchLabels: { app.kubernetes.io/name: prometheus } } }'

type Case = {
  readonly rule: string
  readonly what: string
  readonly fails: string
  readonly passes: string
  readonly says: string
}

const cases: readonly Case[] = [
  {
    rule: 'policy-selects-nothing',
    what: 'labels that no pod has',
    fails: workload('web') + into('site', web),
    passes: workload('web') + into('web', web),
    says: 'app=site',
  },
  {
    rule: 'policy-peer-selects-nothing',
    what: 'a caller that is not there',
    fails: workload('store') + into('store', web),
    passes: workload('store') + workload('web') + into('store', web),
    says: 'opens to nobody: pods with app=web',
  },
  {
    rule: 'policy-peer-selects-nothing',
    what: 'a label that no namespace has',
    fails: `---\n{ apiVersion: v1, kind: Namespace, metadata: { name: prod } }\n${workload('store')}${into('store', '{ namespaceSelector: { matchLabels: { name: prod } } }')}`,
    passes: `---\n{ apiVersion: v1, kind: Namespace, metadata: { name: prod } }\n${workload('store')}${into('store', '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: prod } } }')}`,
    says: 'name=prod',
  },
  {
    rule: 'default-deny-missing',
    what: 'a namespace that is closed in one direction only',
    fails: workload('web') + denyIngress,
    passes: workload('web') + deny,
    says: 'for egress',
  },
  {
    rule: 'dns-blocked',
    what: 'closed egress',
    fails: workload('web') + deny + dns('{ port: 53 }'),
    passes: workload('web') + deny + dns('{ port: 53 }, { port: 53, protocol: UDP }'),
    says: 'over UDP: no name',
  },
  {
    rule: 'pods-unreachable',
    what: 'pods that listen behind a default deny',
    fails: workload('web') + denyIngress,
    passes: workload('web') + denyIngress + into('web', web),
    says: '"deny-ingress" closes them',
  },
  {
    rule: 'flow-blocked',
    what: 'an address in a variable',
    fails: calling + deny + out('web', 'store'),
    passes: calling + deny + out('web', 'store') + into('store', web),
    says: 'prod/web cannot connect to prod/store on port 3000 (it calls store): no policy lets it in',
  },
  {
    rule: 'flow-blocked',
    what: 'a Service for the outside',
    fails: workload('web') + service('web', 'LoadBalancer') + denyIngress + into('web', web),
    passes: workload('web') + service('web', 'LoadBalancer') + denyIngress + into('web', anywhere),
    says: 'leads nowhere',
  },
  {
    rule: 'flow-blocked',
    what: 'the members of a Redis Cluster',
    fails: redis + denyIngress + redisPolicy('{ port: 6379 }'),
    passes: redis + denyIngress + redisPolicy('{ port: 6379 }, { port: 16379 }'),
    says: 'port 16379',
  },
  {
    rule: 'flow-blocked',
    what: 'what a PodMonitor has scraped',
    fails: monitored + denyIngress,
    passes: monitored + denyIngress + into('store', scraper),
    says: 'has it scraped',
  },
]

describe.each(cases)('$rule on $what', ({ rule, fails, passes, says }) => {
  test('says what will happen', () => {
    expect(
      findingsOf(ruleOf(rule), fails)
        .map((finding) => finding.says)
        .join('\n'),
    ).toContain(says)
  })
  test('is silent when it is allowed', () => {
    expect(findingsOf(ruleOf(rule), passes)).toEqual([])
  })
})

const flows: readonly Flow[] = [
  {
    from: { kind: 'pods', namespace: 'prod', labels: { app: 'web' } },
    to: { kind: 'pods', namespace: 'prod', labels: { app: 'store' } },
    ports: [{ port: 3000, protocol: 'TCP' }],
    why: 'orders',
  },
]
const pair = workload('web') + workload('store')
const declared = pair + deny + out('web', 'store') + into('store', web)

describe('with declared connections', () => {
  test('policies that say just those are left alone', () => {
    for (const id of ['flow-undeclared', 'flow-blocked'])
      expect(findingsOf(ruleOf(id), declared, { context: { flows } })).toEqual([])
  })

  test('a rule that lets in more is named with what it lets in', () => {
    const wide = pair + deny + out('web', 'store') + into('store', `${web}, { namespaceSelector: {} }`)
    const [found] = findingsOf(ruleOf('flow-undeclared'), wide, { context: { flows } })
    expect(found?.path).toBe('spec.ingress[0]')
    expect(found?.says).toContain('another namespace/any other pod to prod/store on 3000')
  })

  test('pods that no policy isolates are named', () => {
    const found = findingsOf(ruleOf('flow-undeclared'), pair, { context: { flows } })
    expect(found.map(({ says }) => says).join('\n')).toContain('No policy isolates Deployment "store"')
  })

  test('a declared connection without its policy is stopped, on the side that stops it', () => {
    const [found] = findingsOf(ruleOf('flow-blocked'), pair + deny + into('store', web), { context: { flows } })
    expect(found?.says).toContain('prod/web to prod/store on port 3000 (orders) is stopped: no policy lets it out')
    expect(found?.object.name).toBe('web')
  })
})

test('without declared connections nothing is undeclared', () => {
  expect(findingsOf(ruleOf('flow-undeclared'), pair)).toEqual([])
})

test('every rule is tried here', () => {
  expect([...new Set([...cases.map(({ rule }) => rule), 'flow-undeclared'])].sort()).toEqual(
    networkRules.map(({ id }) => id).sort(),
  )
})
