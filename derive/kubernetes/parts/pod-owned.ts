import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1'
import type { IServiceAccount } from 'kubernetes-models/v1'

/** Name, namespace and labels of an object. */
export type Metadata = {
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
}

/** Lets a drain take one of these pods at a time; one that is not ready holds nothing up. */
export const oneAtATime = (metadata: Metadata, labels: Readonly<Record<string, string>>) =>
  ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { ...metadata, labels: { ...metadata.labels } },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { ...labels } },
    },
  }) satisfies IPodDisruptionBudget

/** An identity of its own that carries no token of the API server. */
export const accountWithoutToken = (metadata: Metadata) =>
  ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { ...metadata, labels: { ...metadata.labels } },
    automountServiceAccountToken: false,
  }) satisfies IServiceAccount
