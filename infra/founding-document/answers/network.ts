import { type Answers, moved } from '../answer.ts'

const BOTH = 'Both directions are denied, in every namespace; named for what it does.'
const PER_SERVICE = 'One policy for each service, both directions; named for it.'
const REAL = 'No pod carries that label; these do.'

/** Network policies. */
export const networkAnswers: Readonly<Record<string, Answers>> = {
  'NetworkPolicy/deny-all-ingress': {
    '': moved('NetworkPolicy/default-deny', ''),
    apiVersion: moved('NetworkPolicy/default-deny', 'apiVersion'),
    kind: moved('NetworkPolicy/default-deny', 'kind'),
    'metadata.name': moved('NetworkPolicy/default-deny', 'metadata.name', BOTH),
    'metadata.namespace': moved('NetworkPolicy/default-deny', 'metadata.namespace'),
    'spec.policyTypes[0]': moved('NetworkPolicy/default-deny', 'spec.policyTypes[0]'),
  },
  'NetworkPolicy/allow-api-gateway': {
    apiVersion: moved('NetworkPolicy/creator-service-ingress', 'apiVersion'),
    kind: moved('NetworkPolicy/creator-service-ingress', 'kind'),
    metadata: moved('NetworkPolicy/creator-service-ingress', 'metadata', PER_SERVICE),
    'spec.podSelector.matchLabels.tier': moved(
      'NetworkPolicy/creator-service-ingress',
      'spec.podSelector.matchLabels.app',
      PER_SERVICE,
    ),
    'spec.policyTypes[0]': moved('NetworkPolicy/creator-service-ingress', 'spec.policyTypes[0]'),
    'spec.ingress[0]': moved('NetworkPolicy/creator-service-ingress', 'spec.ingress[0]'),
  },
  'NetworkPolicy/allow-database-access': {
    apiVersion: moved('NetworkPolicy/postgres-ingress', 'apiVersion'),
    kind: moved('NetworkPolicy/postgres-ingress', 'kind'),
    'metadata.name': moved('NetworkPolicy/postgres-ingress', 'metadata.name', 'Named for the pods it protects.'),
    'metadata.namespace': moved('NetworkPolicy/postgres-ingress', 'metadata.namespace'),
    'spec.podSelector.matchLabels.app': moved(
      'NetworkPolicy/postgres-ingress',
      'spec.podSelector.matchLabels.cnpg.io/cluster',
      REAL,
    ),
    'spec.policyTypes[0]': moved('NetworkPolicy/postgres-ingress', 'spec.policyTypes[0]'),
    'spec.ingress[0].from[0].namespaceSelector.matchLabels.name': moved(
      'NetworkPolicy/postgres-pooler-ingress',
      'spec.ingress[0].from[0].namespaceSelector.matchLabels.kubernetes.io/metadata.name',
    ),
    'spec.ingress[0].ports': moved('NetworkPolicy/postgres-ingress', 'spec.ingress[0].ports'),
  },
}
