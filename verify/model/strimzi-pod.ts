import type { JsonObject, Loaded } from '../types.ts'
import { objectAt, pick } from '../values.ts'

/** Labels of a custom resource that Strimzi does not hand on (its STRIMZI_LABELS_EXCLUSION_PATTERN). */
const keptToItself = /^(app\.kubernetes\.io\/(?!part-of)|kustomize\.toolkit\.fluxcd\.io)/

/** The parts of a pod template of Strimzi that are parts of a pod. */
const podFields = [
  'securityContext',
  'affinity',
  'tolerations',
  'topologySpreadConstraints',
  'priorityClassName',
  'schedulerName',
  'imagePullSecrets',
  'terminationGracePeriodSeconds',
]

/** Labels that every pod of a Kafka cluster has; `part` is the component. */
export const strimziLabels = (
  object: Loaded,
  part: string,
  componentType: string,
): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    Object.entries(object.manifest.metadata.labels ?? {}).filter(([key]) => !keptToItself.test(key)),
  ),
  'strimzi.io/cluster': object.ref.name,
  'strimzi.io/kind': 'Kafka',
  'strimzi.io/name': `${object.ref.name}-${part}`,
  'strimzi.io/component-type': componentType,
  'app.kubernetes.io/name': componentType,
  'app.kubernetes.io/instance': object.ref.name,
  'app.kubernetes.io/part-of': `strimzi-${object.ref.name}`,
  'app.kubernetes.io/managed-by': 'strimzi-cluster-operator',
})

/** A pod spec from the template, image and resources that a part of the custom resource names. */
export const strimziPod = (template: JsonObject, containers: readonly JsonObject[]): JsonObject => ({
  ...pick(objectAt(template, 'pod'), podFields),
  containers,
})

/** A container with what the custom resource says of it. */
export const strimziContainer = (name: string, part: unknown, template: unknown): JsonObject => ({
  name,
  ...pick(part, ['image', 'resources', 'livenessProbe', 'readinessProbe']),
  ...pick(template, ['securityContext', 'env', 'volumeMounts']),
})
