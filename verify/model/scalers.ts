import type { Loaded } from '../types.ts'
import { numberAt, textAt } from '../values.ts'
import { type Model, made, type Siblings } from './modelled.ts'

/** `maxReplicaCount` of a ScaledObject that does not say (KEDA's default). */
const KEDA_MAX_REPLICAS = 100

/** The bounds of the autoscaler that aims at a workload; undefined when none does. */
export const scaledTo = (
  object: Loaded,
  siblings: Siblings,
): { readonly min: number; readonly max: number } | undefined => {
  const namespace = object.ref.namespace
  for (const scaler of siblings('HorizontalPodAutoscaler', 'autoscaling', namespace))
    if (aimsAt(scaler, object))
      return {
        min: numberAt(scaler.manifest, 'spec.minReplicas') ?? 1,
        max: numberAt(scaler.manifest, 'spec.maxReplicas') ?? 1,
      }
  for (const scaler of siblings('ScaledObject', 'keda.sh', namespace))
    if (aimsAt(scaler, object))
      return {
        min: numberAt(scaler.manifest, 'spec.minReplicaCount') ?? 0,
        max: numberAt(scaler.manifest, 'spec.maxReplicaCount') ?? KEDA_MAX_REPLICAS,
      }
  return undefined
}

const aimsAt = (scaler: Loaded, object: Loaded): boolean =>
  textAt(scaler.manifest, 'spec.scaleTargetRef.name') === object.ref.name &&
  (textAt(scaler.manifest, 'spec.scaleTargetRef.kind') ?? 'Deployment') === object.ref.kind

/** KEDA drives a HorizontalPodAutoscaler of its own. */
export const scaledObject: Model = (object) => ({
  pods: [],
  provided: [
    made(
      'HorizontalPodAutoscaler',
      object,
      textAt(object.manifest, 'spec.advanced.horizontalPodAutoscalerConfig.name') ?? `keda-hpa-${object.ref.name}`,
    ),
  ],
})
