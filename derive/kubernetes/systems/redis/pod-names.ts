import { serviceNames } from '../../parts/certificate.ts'

/**
 * Every name that the pods of these StatefulSets are called by: by clients through the Service, by one another and by
 * the operator one at a time, and by the short name under which nodes of a cluster announce themselves.
 */
export const podNames = (namespace: string, replicas: number, sets: readonly string[]): readonly string[] =>
  sets.flatMap((set) => [
    ...serviceNames(set, namespace),
    ...serviceNames(`${set}-master`, namespace),
    ...Array.from({ length: replicas }, (_, index) => `${set}-${index}`).flatMap((pod) => [
      pod,
      `${pod}.${set}-headless.${namespace}.svc`,
      `${pod}.${set}-headless.${namespace}.svc.cluster.local`,
    ]),
  ])
