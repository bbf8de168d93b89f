import type { IServiceAccount } from 'kubernetes-models/v1'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { labelsOf } from '../manifest.ts'
import { serviceAccountAnnotations } from '../workload-identity.ts'

/** A ServiceAccount in the namespace of the stores, without a token, with a role of the cloud where one is named. */
export const serviceAccount = (
  environment: ClusterEnvironment,
  wanted: { readonly name: string; readonly component: string; readonly identity?: string },
) => {
  const annotations = wanted.identity === undefined ? {} : serviceAccountAnnotations(environment, wanted.identity)
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: wanted.name,
      namespace: environment.namespaces.data,
      labels: labelsOf(wanted.component, wanted.name),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    automountServiceAccountToken: false,
  } satisfies IServiceAccount
}
