import { type Case, tryCases } from './testing/cases.ts'
import {
  calling,
  cnpg,
  container,
  headless,
  monitor,
  object,
  plain,
  prometheus,
  service,
  set,
  settings,
  workload,
} from './testing/sets.ts'

const cases: readonly Case[] = [
  {
    rule: 'service-missing',
    what: 'a URL in a variable',
    fails: calling('http://market.prod.svc:80/x'),
    passes: calling('https://api.example.com') + calling('http://web') + service('{ app: web }', 'http'),
    says: 'does not resolve',
  },
  {
    rule: 'service-missing',
    what: 'a short name of another namespace',
    fails:
      calling('postgres://$(USER):$(PASSWORD)@pg-rw:5432/app') +
      cnpg('storage: {}').replace('namespace: prod', 'namespace: data'),
    passes:
      calling('postgres://$(USER):$(PASSWORD)@pg-rw.data:5432/app') +
      cnpg('storage: {}').replace('namespace: prod', 'namespace: data'),
    says: 'one of that name is in data',
  },
  {
    rule: 'service-missing',
    what: 'a static target of Prometheus',
    fails: `${settings('p.yml: "scrape_configs:\\n  - static_configs:\\n      - targets: [web:80]\\n"')}`,
    passes: `${settings('p.yml: "scrape_configs:\\n  - static_configs:\\n      - targets: [web:80]\\n"')}${plain}${service('{ app: web }', '3000')}`,
    says: '"web"',
  },
  {
    rule: 'service-port-missing',
    what: 'a URL with a port',
    fails: calling('http://web:8080') + service('{ app: web }', 'http'),
    passes: calling('http://web:80') + service('{ app: web }', 'http'),
    says: 'has 80 only',
  },
  {
    rule: 'service-port-missing',
    what: 'a headless Service, whose name means the pods themselves',
    fails: calling('http://store:9999') + set() + headless('None'),
    passes: calling('http://store:5432') + set() + headless('None'),
    says: 'listen on 5432 only',
  },
  {
    rule: 'headless-service-missing',
    what: 'a StatefulSet',
    fails: set(),
    passes: set() + headless('None'),
    says: 'nowhere',
  },
  {
    rule: 'headless-service-missing',
    what: 'a Service with an address',
    fails: set() + headless('10.0.0.1'),
    passes: set() + headless('None'),
    says: 'not headless',
  },
  {
    rule: 'service-selects-nothing',
    what: 'a Service',
    fails: plain + service('{ app: market }', 'http'),
    passes: plain + service('{ app: web }', 'http'),
    says: 'app=market',
  },
  {
    rule: 'service-port-mismatch',
    what: 'a port by name',
    fails: plain + service('{ app: web }', 'grpc'),
    passes: plain + service('{ app: web }', 'http'),
    says: '"grpc"',
  },
  {
    rule: 'service-port-mismatch',
    what: 'a port by number',
    fails: plain + service('{ app: web }', '8443'),
    passes: plain + service('{ app: web }', '3000'),
    says: 'declares',
  },
  {
    rule: 'selector-mismatch',
    what: 'a Deployment',
    fails: workload(container('resources: {}'), '{ app: web }', '{ app: site }'),
    passes: plain,
    says: 'refuses',
  },
  {
    rule: 'scale-target-missing',
    what: 'an autoscaler',
    fails: object(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'h',
      'spec: { scaleTargetRef: { kind: Deployment, name: site } }',
    ),
    passes:
      plain +
      object(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        'h',
        'spec: { scaleTargetRef: { kind: Deployment, name: web } }',
      ),
    says: 'scales nothing',
  },
  {
    rule: 'disruption-budget-selects-nothing',
    what: 'a budget',
    fails:
      plain + object('policy/v1', 'PodDisruptionBudget', 'p', 'spec: { selector: { matchLabels: { app: site } } }'),
    passes:
      plain + object('policy/v1', 'PodDisruptionBudget', 'p', 'spec: { selector: { matchLabels: { app: web } } }'),
    says: 'guards nothing',
  },
  {
    rule: 'monitor-selects-nothing',
    what: 'a port that the pods do not have',
    fails: plain + prometheus + monitor('metrics'),
    passes: plain + prometheus + monitor('http'),
    says: '"metrics"',
  },
  {
    rule: 'monitor-selects-nothing',
    what: 'labels that no pod has',
    fails: plain + prometheus + monitor('http', 'site'),
    passes: plain + prometheus + monitor('http'),
    says: 'app=site',
  },
  {
    rule: 'monitor-selects-nothing',
    what: 'a Prometheus that reads no monitor',
    fails: plain + prometheus.replace('podMonitorSelector: {},', '') + monitor('http'),
    passes: plain + prometheus + monitor('http'),
    says: 'read by nobody',
  },
]

tryCases(cases)
