import type { PlatformShape } from '@knowton/core'
import type { ClusterEnvironment } from '../kubernetes/cluster-environment.ts'
import { operatorNamespaces } from '../kubernetes/flows/peers.ts'
import { DNS_IDENTITY, DNS_SERVICE_ACCOUNT } from '../kubernetes/platform/issuers.ts'
import { SECRETS_IDENTITY, SECRETS_SERVICE_ACCOUNT } from '../kubernetes/platform/secret-store.ts'
import type { CloudIdentity } from '../kubernetes/systems/system.ts'
import { clusterOf } from '../kubernetes/systems/systems.ts'
import { cloudIdentities } from '../kubernetes/workload-identity.ts'
import type { TerraformCloud } from './variables.ts'

/** An account of the cluster that takes on a role of the cloud. */
export type Subject = { readonly namespace: string; readonly serviceAccount: string }

/** A role of the cloud and who takes it on; `opens` is the part of a bucket that it is for. */
export type Workload = {
  readonly name: string
  readonly subjects: readonly Subject[]
  readonly opens?: Pick<CloudIdentity, 'bucket' | 'prefix' | 'access'>
}

/** Everybody in the cluster who speaks to the cloud. */
export const workloads = (
  platform: PlatformShape,
  environment: ClusterEnvironment,
  cloud: TerraformCloud,
): readonly Workload[] => [
  ...cloudIdentities(clusterOf(platform, environment)).map(
    ({ access, bucket, name, namespace, prefix, serviceAccounts }) => ({
      name,
      subjects: serviceAccounts.map((serviceAccount) => ({ namespace, serviceAccount })),
      opens: { access, bucket, prefix },
    }),
  ),
  {
    name: SECRETS_IDENTITY,
    subjects: [{ namespace: operatorNamespaces.secrets, serviceAccount: SECRETS_SERVICE_ACCOUNT }],
  },
  {
    name: DNS_IDENTITY,
    subjects: [
      {
        namespace: operatorNamespaces.certificates,
        serviceAccount: cloud === 'eks' ? DNS_SERVICE_ACCOUNT : 'cert-manager',
      },
    ],
  },
]

/** `system:serviceaccount:<namespace>:<account>`, how a token names its bearer. */
export const subjectOf = ({ namespace, serviceAccount }: Subject): string =>
  `system:serviceaccount:${namespace}:${serviceAccount}`
