import type { JsonObject, NodePool, PodGroup } from '../types.ts'
import { labelsOf, numberOf, objectAt, objectOf, objectsOf, textOf, textsOf } from '../values.ts'

/** Labels that clouds, kubelets and device plugins put on nodes; whether a node has one is not in the pool's description. */
const setByOthers =
  /^(kubernetes\.io|node\.kubernetes\.io|topology\.kubernetes\.io|failure-domain\.beta\.kubernetes\.io|beta\.kubernetes\.io|feature\.node\.kubernetes\.io|eks\.amazonaws\.com|k8s\.amazonaws\.com|cloud\.google\.com|kubernetes\.azure\.com|agentpool|karpenter\.sh|karpenter\.k8s\.aws)(\/|$)/

/** GPU feature discovery labels nodes that have a GPU: `nvidia.com/gpu.present`, `nvidia.com/gpu.product`. */
const setByGpuDiscovery = /^nvidia\.com\/(gpu\.|cuda\.|mig)/

const isUnknown = (key: string, pool: NodePool): boolean =>
  !Object.hasOwn(pool.labels, key) &&
  (setByOthers.test(key) || (setByGpuDiscovery.test(key) && (pool.allocatable?.gpus ?? 1) > 0))

const meets = ({ key, operator, values }: JsonObject, pool: NodePool): boolean => {
  const name = String(key)
  if (isUnknown(name, pool)) return true
  const value = pool.labels[name]
  const listed = textsOf(values)
  switch (operator) {
    case 'In':
      return value !== undefined && listed.includes(value)
    case 'NotIn':
      return value === undefined || !listed.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
      return value !== undefined && Number(value) > Number(listed[0])
    case 'Lt':
      return value !== undefined && Number(value) < Number(listed[0])
    default:
      return false
  }
}

/** The labels that a pod demands of its node, as `key=value` or an expression, that a pool's nodes do not have. */
export const unmetLabels = (spec: JsonObject, pool: NodePool): readonly string[] => {
  const missing = Object.entries(labelsOf(spec.nodeSelector))
    .filter(([key, value]) => !isUnknown(key, pool) && pool.labels[key] !== value)
    .map(([key, value]) => `${key}=${value}`)
  const required = objectAt(spec, 'affinity.nodeAffinity').requiredDuringSchedulingIgnoredDuringExecution
  const terms = objectsOf(objectOf(required).nodeSelectorTerms)
  const isMet =
    terms.length === 0 || terms.some((term) => objectsOf(term.matchExpressions).every((one) => meets(one, pool)))
  return isMet ? missing : [...missing, ...terms.flatMap((term) => objectsOf(term.matchExpressions).map(expression))]
}

const expression = ({ key, operator, values }: JsonObject): string =>
  `${String(key)} ${String(operator)}${textsOf(values).length === 0 ? '' : ` ${textsOf(values).join(', ')}`}`

type Taint = NodePool['taints'][number]

const tolerates = (toleration: JsonObject, { key, value, effect }: Taint): boolean => {
  const wanted = textOf(toleration.effect)
  if (wanted !== undefined && wanted !== effect) return false
  const name = textOf(toleration.key)
  if (toleration.operator === 'Exists') return name === undefined || name === '' || name === key
  return name === key && (textOf(toleration.value) ?? '') === value
}

/** The taints of a pool that keep a pod away from its nodes; one that only prefers others away does not. */
export const untolerated = (spec: JsonObject, pool: NodePool): readonly Taint[] =>
  pool.taints.filter(
    (taint) =>
      taint.effect !== 'PreferNoSchedule' &&
      !objectsOf(spec.tolerations).some((toleration) => tolerates(toleration, taint)),
  )

/** Tolerations of taints that no pool has; those that Kubernetes itself sets on nodes are left out. */
export const idleTolerations = (spec: JsonObject, pools: readonly NodePool[]): readonly string[] =>
  objectsOf(spec.tolerations)
    .filter(({ key }) => {
      const name = textOf(key)
      return name !== undefined && name !== '' && !setByOthers.test(name)
    })
    .filter((toleration) => !pools.some(({ taints }) => taints.some((taint) => tolerates(toleration, taint))))
    .map(({ key, value }) => (textOf(value) === undefined ? String(key) : `${String(key)}=${String(value)}`))

/** The pools whose nodes take the pods of a group, whatever room they have. */
export const poolsFor = <Pool extends NodePool>(group: PodGroup, pools: readonly Pool[]): readonly Pool[] =>
  pools.filter((pool) => unmetLabels(group.spec, pool).length === 0 && untolerated(group.spec, pool).length === 0)

/** The highest skew that a pod bears between domains (zones, nodes) of a hard spread constraint. */
export const hardSpreads = (
  spec: JsonObject,
): readonly { readonly topologyKey: string; readonly maxSkew: number; readonly selector: unknown }[] =>
  objectsOf(spec.topologySpreadConstraints)
    .filter(({ whenUnsatisfiable }) => (whenUnsatisfiable ?? 'DoNotSchedule') === 'DoNotSchedule')
    .map(({ topologyKey, maxSkew, labelSelector }) => ({
      topologyKey: String(topologyKey),
      maxSkew: numberOf(maxSkew) ?? 1,
      selector: labelSelector,
    }))
