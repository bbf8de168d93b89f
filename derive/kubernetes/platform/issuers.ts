import type { ClusterEnvironment } from '../cluster-environment.ts'
import { operatorNamespaces } from '../flows/peers.ts'
import { type Component, labelsOf, type Manifest } from '../manifest.ts'
import { names } from '../names.ts'
import { cloudRoleName, serviceAccountAnnotations } from '../workload-identity.ts'

/** The role of the cloud that may answer challenges in the zone of the platform's domain. */
export const DNS_IDENTITY = 'dns'
/** The account that takes it on where cert-manager can name one (EKS); elsewhere it is cert-manager's own. */
export const DNS_SERVICE_ACCOUNT = 'knowton-dns'

const ROOT = 'knowton-root'
const INTERNAL_CA = 'knowton-internal-ca'

/**
 * Who signs certificates. `knowton-internal` is an authority of our own for the systems of the cluster.
 * `knowton-public` is Let's Encrypt by DNS-01, since the gateway without a database has nothing that could answer
 * HTTP-01; without an address for letters it is our own authority again.
 */
export const issuers = (environment: ClusterEnvironment): Component => ({
  name: 'issuers',
  group: 'platform',
  files: {
    internal: [
      clusterIssuer(ROOT, { selfSigned: {} }),
      internalAuthority(),
      clusterIssuer(names.internalIssuer, { ca: { secretName: INTERNAL_CA } }),
    ],
    public: [...dnsAccess(environment), clusterIssuer(names.publicIssuer, publicSpec(environment))],
  },
})

const clusterIssuer = (name: string, spec: object): Manifest => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'ClusterIssuer',
  metadata: { name, labels: labelsOf('issuers', name) },
  spec,
})

/** Ten years, renewed a year before its end with the same key, so that what it signed before stays good. */
const internalAuthority = (): Manifest => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: INTERNAL_CA, namespace: operatorNamespaces.certificates, labels: labelsOf('issuers', INTERNAL_CA) },
  spec: {
    isCA: true,
    commonName: 'KnowTon internal authority',
    secretName: INTERNAL_CA,
    duration: '87600h0m0s',
    renewBefore: '8760h0m0s',
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
    usages: ['cert sign', 'crl sign', 'digital signature'],
    issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: ROOT },
  },
})

const publicSpec = (environment: ClusterEnvironment): object => {
  const { certificateEmail, cloud, domain } = environment
  if (certificateEmail === undefined || cloud.kind === 'kind') return { ca: { secretName: INTERNAL_CA } }
  return {
    acme: {
      email: certificateEmail,
      server: 'https://acme-v02.api.letsencrypt.org/directory',
      privateKeySecretRef: { name: 'knowton-public-account' },
      solvers: [{ selector: { dnsZones: [domain] }, dns01: dnsSolver(environment, cloud) }],
    },
  }
}

type OfCloud = Exclude<ClusterEnvironment['cloud'], { readonly kind: 'kind' }>

const dnsSolver = (environment: ClusterEnvironment, cloud: OfCloud): object => {
  switch (cloud.kind) {
    case 'eks':
      return {
        route53: {
          region: cloud.region,
          role: `arn:aws:iam::${cloud.account}:role/${cloudRoleName(environment, DNS_IDENTITY)}`,
          auth: { kubernetes: { serviceAccountRef: { name: DNS_SERVICE_ACCOUNT } } },
        },
      }
    case 'gke':
      return { cloudDNS: { project: cloud.project } }
    case 'aks': {
      const clientID = cloud.clientIds[DNS_IDENTITY]
      return {
        azureDNS: {
          subscriptionID: cloud.subscription,
          resourceGroupName: cloud.resourceGroup,
          hostedZoneName: environment.domain,
          environment: 'AzurePublicCloud',
          ...(clientID === undefined ? {} : { managedIdentity: { clientID } }),
        },
      }
    }
  }
}

/** On EKS cert-manager asks for tokens of an account that has nothing but the zone, so it needs no role of its own. */
const dnsAccess = (environment: ClusterEnvironment): readonly Manifest[] => {
  if (environment.cloud.kind !== 'eks' || environment.certificateEmail === undefined) return []
  const metadata = {
    name: DNS_SERVICE_ACCOUNT,
    namespace: operatorNamespaces.certificates,
    labels: labelsOf('issuers', DNS_SERVICE_ACCOUNT),
  }
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { ...metadata, annotations: serviceAccountAnnotations(environment, DNS_IDENTITY) },
      automountServiceAccountToken: false,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [
        {
          apiGroups: [''],
          resources: ['serviceaccounts/token'],
          resourceNames: [DNS_SERVICE_ACCOUNT],
          verbs: ['create'],
        },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: DNS_SERVICE_ACCOUNT },
      subjects: [{ kind: 'ServiceAccount', name: 'cert-manager', namespace: operatorNamespaces.certificates }],
    },
  ]
}
