import type { JsonObject, Loaded, PodGroup } from '../types.ts'
import { labelsAt, listAt, numberAt, objectAt, textAt } from '../values.ts'
import { claimOf, containerPorts, type Model, namespaceOf } from './modelled.ts'
import { scaledTo } from './scalers.ts'

/** Where the pod template of each built-in kind stands; `` = the object is the pod. */
const templatePaths: Readonly<Record<string, string>> = {
  Deployment: 'spec.template',
  StatefulSet: 'spec.template',
  DaemonSet: 'spec.template',
  ReplicaSet: 'spec.template',
  ReplicationController: 'spec.template',
  Job: 'spec.template',
  CronJob: 'spec.jobTemplate.spec.template',
  Pod: '',
}

/** The pods of a workload that Kubernetes itself runs. */
export const workload: Model = (object, siblings) => {
  const path = templatePaths[object.ref.kind] ?? ''
  const template = objectAt(object.manifest, path)
  const spec = objectAt(template, 'spec')
  const group: PodGroup = {
    owner: object,
    path,
    modelled: false,
    name: object.ref.name,
    namespace: namespaceOf(object),
    labels: labelsAt(template, 'metadata.labels'),
    replicas: replicasOf(object, scaledTo(object, siblings)),
    spec,
    serviceAccount: textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? 'default',
    ports: containerPorts([...listAt(spec, 'containers'), ...sidecars(spec)]),
    ownClaims: listAt(object.manifest, 'spec.volumeClaimTemplates').map((claim) =>
      claimOf(textAt(claim, 'metadata.name') ?? '', claim),
    ),
  }
  return { pods: [group], provided: [] }
}

/** Init containers that keep running beside the others. */
const sidecars = (spec: JsonObject): readonly unknown[] =>
  listAt(spec, 'initContainers').filter((container) => textAt(container, 'restartPolicy') === 'Always')

const replicasOf = (object: Loaded, scaled: { readonly min: number; readonly max: number } | undefined) => {
  if (object.ref.kind === 'Job' || object.ref.kind === 'CronJob') {
    const parallel = numberAt(
      object.manifest,
      `${object.ref.kind === 'Job' ? '' : 'spec.jobTemplate.'}spec.parallelism`,
    )
    return { count: parallel ?? 1, max: parallel ?? 1 }
  }
  const written = numberAt(object.manifest, 'spec.replicas')
  if (scaled !== undefined) {
    const count = Math.max(written ?? scaled.min, scaled.min)
    return { count, max: Math.max(count, scaled.max) }
  }
  return { count: written ?? 1, max: written ?? 1 }
}
