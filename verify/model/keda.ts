import { textAt } from '../values.ts'
import { type Model, made } from './modelled.ts'

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
