import { namespaceOf } from '../../model/modelled.ts'
import type { JsonObject, Loaded, World } from '../../types.ts'
import { isObject, listAt, textAt } from '../../values.ts'
import { customReferences } from './custom-references.ts'
import type { Reference } from './reference.ts'
import { remoteReferences } from './remote-references.ts'

/** API groups whose objects are looked into; what other programs make of theirs is not known. */
const knownGroups = new Set([
  ...['', 'apps', 'batch', 'networking.k8s.io', 'gateway.networking.k8s.io'],
  ...['kafka.strimzi.io', 'postgresql.cnpg.io', 'barmancloud.cnpg.io', 'redis.redis.opstreelabs.in'],
  ...['clickhouse.altinity.com', 'clickhouse-keeper.altinity.com', 'cert-manager.io', 'external-secrets.io'],
  ...['keda.sh', 'monitoring.coreos.com', 'configuration.konghq.com', 'rbac.authorization.k8s.io', 'autoscaling'],
])

/** Kinds that hold text or are referred to, and refer to nothing themselves. */
const silentKinds = new Set(['ConfigMap', 'Secret', 'PrometheusRule', 'Namespace', 'ServiceAccount'])

/** Groups in which `{ name, key }` is a selector of a key of a Secret, or of a ConfigMap when its field says so. */
const selectorGroups = new Set([
  ...['postgresql.cnpg.io', 'barmancloud.cnpg.io', 'redis.redis.opstreelabs.in', 'cert-manager.io'],
  ...['external-secrets.io', 'keda.sh', 'monitoring.coreos.com'],
])

/** Every reference by name in the set. */
export const referencesOf = (world: World): readonly Reference[] => world.index(findReferences)

const findReferences = (world: World): readonly Reference[] =>
  world.objects
    .filter(isLookedInto)
    .flatMap((object) => [...walked(object), ...customReferences(object), ...remoteReferences(world, object)])

const isLookedInto = ({ ref }: Loaded) => knownGroups.has(ref.group) && !silentKinds.has(ref.kind)

type Step = { readonly value: unknown; readonly path: string; readonly field: string }

/** Visits every mapping of an object and reads the fields that mean the same in all kinds. */
const walked = (object: Loaded): readonly Reference[] => {
  const found: Reference[] = []
  const visit = ({ value, path, field }: Step): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        visit({ value: item, path: `${path}[${index}]`, field })
      })
      return
    }
    if (!isObject(value)) return
    found.push(...inMapping(object, value, path, field))
    for (const [key, inner] of Object.entries(value))
      if (typeof inner === 'object' && inner !== null)
        visit({ value: inner, path: path === '' ? key : `${path}.${key}`, field: key })
  }
  visit({ value: { spec: object.manifest.spec, template: object.manifest.template }, path: '', field: '' })
  return found
}

const inMapping = (on: Loaded, value: JsonObject, path: string, field: string): readonly Reference[] => {
  const namespace = textAt(value, 'namespace') ?? homeOf(on)
  const one = (kind: string, name: string | undefined, at: string, keys: readonly string[] = []) =>
    name === undefined || name === '' || value.optional === true
      ? []
      : [{ on, path: at === '' ? path : `${path}.${at}`, kind, namespace, name, keys }]
  const key = textAt(value, 'key')
  const keys = key === undefined ? [] : [key]
  return [
    ...(field === 'secretKeyRef' ? one('Secret', textAt(value, 'name'), 'name', keys) : []),
    ...(field === 'configMapKeyRef' ? one('ConfigMap', textAt(value, 'name'), 'name', keys) : []),
    ...(field === 'secretRef' && isEnvironment(path) ? one('Secret', textAt(value, 'name'), 'name') : []),
    ...(field === 'configMapRef' && isEnvironment(path) ? one('ConfigMap', textAt(value, 'name'), 'name') : []),
    ...(field === 'imagePullSecrets' ? one('Secret', textAt(value, 'name'), 'name') : []),
    ...(field === 'persistentVolumeClaim' ? one('PersistentVolumeClaim', textAt(value, 'claimName'), 'claimName') : []),
    ...inVolume(value, field, path, one),
    ...one('ServiceAccount', textAt(value, 'serviceAccountName'), 'serviceAccountName'),
    ...ofCluster(on, value, path),
    ...(selectorGroups.has(on.ref.group) && !field.endsWith('KeyRef') && isSelector(value)
      ? one(/config_?map/i.test(field) ? 'ConfigMap' : 'Secret', textAt(value, 'name'), 'name', keys)
      : []),
  ]
}

type One = (kind: string, name: string | undefined, at: string, keys?: readonly string[]) => readonly Reference[]

/** `secret` and `configMap` of a volume or of a source of a projected one. */
const inVolume = (value: JsonObject, field: string, path: string, one: One): readonly Reference[] => {
  const isVolume = /(^|\.)(volumes|sources)\[\d+\]\.\w+$/.test(path)
  const keys = listAt(value, 'items').flatMap((item) => textAt(item, 'key') ?? [])
  if (!isVolume) return []
  if (field === 'secret')
    return 'secretName' in value
      ? one('Secret', textAt(value, 'secretName'), 'secretName', keys)
      : one('Secret', textAt(value, 'name'), 'name', keys)
  return field === 'configMap' ? one('ConfigMap', textAt(value, 'name'), 'name', keys) : []
}

const ofCluster = (on: Loaded, value: JsonObject, path: string): readonly Reference[] =>
  (
    [
      ['PriorityClass', 'priorityClassName'],
      ['StorageClass', 'storageClassName'],
    ] as const
  ).flatMap(([kind, field]) => {
    const name = textAt(value, field)
    return name === undefined || name === ''
      ? []
      : [{ on, path: path === '' ? field : `${path}.${field}`, kind, namespace: undefined, name, keys: [] }]
  })

const isEnvironment = (path: string): boolean => /\.envFrom\[\d+\]\.\w+$/.test(path)

const isSelector = (value: JsonObject): boolean =>
  typeof value.name === 'string' &&
  typeof value.key === 'string' &&
  Object.keys(value).every((field) => ['name', 'key', 'optional', 'namespace', 'parameter'].includes(field))

/** Issuers of the whole cluster read Secrets where cert-manager runs; all others read their own namespace. */
const homeOf = (on: Loaded): string => (on.ref.kind === 'ClusterIssuer' ? 'cert-manager' : namespaceOf(on))
