import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1'
import type { NamedMetadata } from '../manifest.ts'

/** Lets a drain take one of these pods at a time; one that is not ready holds nothing up. */
export const podDisruptionBudget = (metadata: NamedMetadata, labels: Readonly<Record<string, string>>) =>
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
