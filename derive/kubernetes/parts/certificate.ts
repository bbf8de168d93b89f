import { labelsOf, type Manifest } from '../manifest.ts'
import { names } from '../names.ts'

/** A server certificate from our own authority, renewed a month before its end. */
export const serverCertificate = (wanted: {
  readonly name: string
  readonly namespace: string
  readonly component: string
  readonly dnsNames: readonly string[]
  /** Servers that also call one another with it are clients, too. */
  readonly alsoClient?: boolean
  /** Labels of the Secret itself, for operators that watch them. */
  readonly secretLabels?: Readonly<Record<string, string>>
}): Manifest => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: wanted.name, namespace: wanted.namespace, labels: labelsOf(wanted.component) },
  spec: {
    secretName: wanted.name,
    ...(wanted.secretLabels === undefined ? {} : { secretTemplate: { labels: wanted.secretLabels } }),
    duration: '2160h0m0s',
    renewBefore: '720h0m0s',
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    usages: ['digital signature', 'server auth', ...(wanted.alsoClient ? ['client auth'] : [])],
    dnsNames: wanted.dnsNames,
    issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: names.internalIssuer },
  },
})

/** Every name that a Service answers to inside the cluster, short to long. */
export const serviceNames = (service: string, namespace: string): readonly string[] => [
  service,
  `${service}.${namespace}`,
  `${service}.${namespace}.svc`,
  `${service}.${namespace}.svc.cluster.local`,
]
