import type { JsonObject, Loaded } from '../types.ts'
import { listAt, objectAt, textAt, valueAt } from '../values.ts'
import { holder, type Model, type Modelled, nothing } from './modelled.ts'

/** An ExternalSecret becomes a Secret (or what its target names) with the keys that it lists. */
export const externalSecret: Model = (object) => secretOf(object, objectAt(object.manifest, 'spec'), object.ref.name)

/** A ClusterExternalSecret becomes such a Secret in every namespace that it selects; which ones is not known here. */
export const clusterExternalSecret: Model = (object) => {
  const spec = objectAt(object.manifest, 'spec')
  const made = secretOf(
    object,
    objectAt(spec, 'externalSecretSpec'),
    textAt(spec, 'externalSecretName') ?? object.ref.name,
  )
  const namespaces = listAt(spec, 'namespaces').filter((name) => typeof name === 'string')
  return {
    pods: [],
    provided: made.provided.flatMap((one) =>
      namespaces.length > 0 ? namespaces.map((namespace) => ({ ...one, namespace })) : [{ ...one, namespace: '*' }],
    ),
  }
}

/** Secrets that other controllers decrypt or fetch under the name of the object or of its destination. */
export const namedSecret: Model = (object) => ({
  pods: [],
  provided: [
    holder('Secret', object, textAt(object.manifest, 'spec.destination.name') ?? object.ref.name, sealedKeys(object)),
  ],
})

const sealedKeys = (object: Loaded): readonly string[] | undefined =>
  object.ref.kind === 'SealedSecret'
    ? [
        ...Object.keys(objectAt(object.manifest, 'spec.encryptedData')),
        ...Object.keys(objectAt(object.manifest, 'spec.template.data')),
      ]
    : undefined

const secretOf = (object: Loaded, spec: JsonObject, plainName: string): Modelled => {
  const policy = textAt(spec, 'target.creationPolicy') ?? 'Owner'
  if (policy === 'None' || policy === 'Merge') return nothing
  const kind = textAt(spec, 'target.manifest.kind') ?? 'Secret'
  if (kind !== 'Secret' && kind !== 'ConfigMap') return nothing
  return { pods: [], provided: [holder(kind, object, textAt(spec, 'target.name') ?? plainName, keysOf(spec))] }
}

/** Keys of the template when it replaces what was fetched; undefined where only the secret manager knows them. */
const keysOf = (spec: JsonObject): readonly string[] | undefined => {
  const fetched = listAt(spec, 'data').flatMap((one) => textAt(one, 'secretKey') ?? [])
  const templated = Object.keys(objectAt(spec, 'target.template.data'))
  const isOpen = listAt(spec, 'dataFrom').length > 0
  if (listAt(spec, 'target.template.templateFrom').length > 0) return undefined
  if (templated.length === 0) return isOpen ? undefined : fetched
  if (valueAt(spec, 'target.template.mergePolicy') !== 'Merge') return templated
  return isOpen ? undefined : [...fetched, ...templated]
}
