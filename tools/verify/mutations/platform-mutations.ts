import type { Manifest } from '@knowton/derive'
import { kinds, lost, type Mutable, type Mutation, one } from './mutation.ts'

const policies = kinds('NetworkPolicy')
const isolating = one('NetworkPolicy', 'default-deny')
const opensIngress = (object: Manifest) =>
  policies(object) && ((object as Mutable).spec.ingress ?? []).some((rule: Mutable) => rule.from !== undefined)

/** What goes wrong between namespaces, secrets, policies and volumes. */
export const platformMutations: readonly Mutation[] = [
  lost('the policy that isolates a namespace is lost', 'default-deny-missing', isolating),
  lost('a network policy is lost', 'flow-blocked', (object) => policies(object) && !isolating(object)),
  {
    name: 'a network policy lets everybody in',
    caughtBy: 'flow-undeclared',
    fits: opensIngress,
    breaks: (object) => {
      for (const rule of object.spec.ingress) delete rule.from
    },
  },
  {
    name: 'a network policy opens another port',
    caughtBy: 'flow-blocked',
    fits: opensIngress,
    breaks: (object) => {
      object.spec.ingress[0].ports = [{ port: 1, protocol: 'TCP' }]
    },
  },
  {
    name: 'a network policy selects pods that are not there',
    caughtBy: 'policy-selects-nothing',
    fits: (object) => policies(object) && (object as Mutable).spec.podSelector.matchLabels !== undefined,
    breaks: (object) => {
      object.spec.podSelector = { matchLabels: { app: 'renamed' } }
    },
  },
  {
    name: 'pods may call every address of the world',
    caughtBy: 'flow-undeclared',
    fits: (object) => policies(object) && (object as Mutable).spec.egress !== undefined,
    breaks: (object) => {
      object.spec.egress = [...object.spec.egress, {}]
    },
  },
  {
    name: 'a namespace no longer enforces Pod Security',
    caughtBy: 'pod-security-unlabelled',
    fits: kinds('Namespace'),
    breaks: (object) => {
      delete object.metadata.labels['pod-security.kubernetes.io/enforce']
    },
  },
  lost('a namespace is lost', 'namespace-missing', kinds('Namespace')),
  {
    name: 'a storage class has another name',
    caughtBy: 'storage-class-missing',
    fits: kinds('StorageClass'),
    breaks: (object) => {
      object.metadata.name = 'renamed'
    },
  },
  {
    name: 'volumes are deleted with their claims',
    caughtBy: 'storage-class-unsafe',
    fits: kinds('StorageClass'),
    breaks: (object) => {
      object.reclaimPolicy = 'Delete'
    },
  },
  lost('a secret is no longer made', 'secret-missing', kinds('ExternalSecret')),
  {
    name: 'a secret is made under another name',
    caughtBy: 'secret-missing',
    fits: kinds('ExternalSecret'),
    breaks: (object) => {
      object.spec.target.name = 'renamed'
    },
  },
  {
    name: 'a secret comes from a store that is not there',
    caughtBy: 'store-missing',
    fits: kinds('ExternalSecret'),
    breaks: (object) => {
      object.spec.secretStoreRef.name = 'renamed'
    },
  },
  lost('the store of secrets is lost', 'store-missing', kinds('ClusterSecretStore')),
  lost('a certificate is no longer issued', 'secret-missing', kinds('Certificate')),
  {
    name: 'a certificate is asked of an issuer that is not there',
    caughtBy: 'issuer-missing',
    fits: kinds('Certificate'),
    breaks: (object) => {
      object.spec.issuerRef.name = 'renamed'
    },
  },
  {
    name: 'a secret stands in the files',
    caughtBy: 'secret-literal',
    fits: one('Namespace', 'knowton-prod'),
    breaks: (object) => {
      object.apiVersion = 'v1'
      object.kind = 'Secret'
      object.metadata = { name: 'literal', namespace: 'knowton-prod' }
      object.stringData = { password: 'hunter2hunter2' }
    },
  },
  {
    name: 'a role is bound that is not there',
    caughtBy: 'role-missing',
    fits: kinds('RoleBinding'),
    breaks: (object) => {
      object.roleRef.name = 'renamed'
    },
  },
  {
    name: 'a setting names a host that is not there',
    caughtBy: 'service-missing',
    fits: (object) => object.kind === 'ConfigMap' && (object as Mutable).data.KAFKA_BOOTSTRAP_SERVERS !== undefined,
    breaks: (object) => {
      object.data.KAFKA_BOOTSTRAP_SERVERS = 'no-such-kafka.knowton-data.svc:9093'
    },
  },
  {
    name: 'a setting names a port that the Service does not have',
    caughtBy: 'service-port-missing',
    fits: (object) => object.kind === 'ConfigMap' && (object as Mutable).data.KAFKA_BOOTSTRAP_SERVERS !== undefined,
    breaks: (object) => {
      object.data.KAFKA_BOOTSTRAP_SERVERS = object.data.KAFKA_BOOTSTRAP_SERVERS.replace('9093', '9999')
    },
  },
  {
    name: 'the kind is of a version that is no longer served',
    caughtBy: 'api-unknown',
    fits: kinds('PodDisruptionBudget'),
    breaks: (object) => {
      object.apiVersion = 'policy/v1beta1'
    },
  },
]
