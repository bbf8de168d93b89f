import type { IServiceAccount } from 'kubernetes-models/v1'
import type { ClusterEnvironment } from '../cluster-environment.ts'
import { labelsOf, type NamedMetadata } from '../manifest.ts'
import { serviceAccountAnnotations } from '../workload-identity.ts'

/** A ServiceAccount that carries no token of the API server. */
export const tokenlessAccount = (
  metadata: NamedMetadata & { readonly annotations?: Readonly<Record<string, string>> },
) => {
  const { labels, annotations = {}, ...named } = metadata
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      ...named,
      labels: { ...labels },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    },
    automountServiceAccountToken: false,
  } satisfies IServiceAccount
}

/** The account of a store, with the role of the cloud that `identity` names. */
export const storeAccount = (
  environment: ClusterEnvironment,
  wanted: { readonly name: string; readonly component: string; readonly identity?: string },
) =>
  tokenlessAccount({
    name: wanted.name,
    namespace: environment.namespaces.data,
    labels: labelsOf(wanted.component, wanted.name),
    annotations: wanted.identity === undefined ? {} : serviceAccountAnnotations(environment, wanted.identity),
  })
