import type { JsonObject, Loaded, World } from '../types.ts'
import { isObject, objectOf, objectsOf, scalarText, textOf } from '../values.ts'
import type { ContainerOf } from './containers.ts'

/** One variable of a container's environment. `value` is undefined when it comes from a Secret or from the pod itself. */
export type Variable = { readonly value: string | undefined; readonly path: string }

/** The environment of a container. `isComplete` is false when an `envFrom` names something whose keys are not known. */
export type Environment = {
  readonly variables: ReadonlyMap<string, Variable>
  readonly isComplete: boolean
}

/** The environment that a container will see, ConfigMaps of the files read. */
export const environmentOf = (world: World, { group, container, path }: ContainerOf): Environment => {
  const variables = new Map<string, Variable>()
  let isComplete = true
  for (const [index, source] of objectsOf(container.envFrom).entries()) {
    const values = valuesFrom(world, group.namespace, source)
    if (values === undefined) isComplete = false
    for (const [name, value] of values ?? [])
      variables.set(`${textOf(source.prefix) ?? ''}${name}`, { value, path: `${path}.envFrom[${index}]` })
  }
  for (const [index, entry] of objectsOf(container.env).entries()) {
    const name = textOf(entry.name)
    const value = valueOfEntry(world, group.namespace, entry)
    if (name !== undefined) variables.set(name, { value, path: `${path}.env[${index}]` })
  }
  return { variables, isComplete }
}

/** Whether a variable is set, or may be by something that is not known. */
export const mayBeSet = (environment: Environment, name: string): boolean =>
  environment.variables.has(name) || !environment.isComplete

/** The ConfigMap of that name in that namespace, if the files hold it. */
export const configMapOf = (world: World, namespace: string, name: string | undefined): Loaded | undefined =>
  world.ofKind('ConfigMap', '').find(({ ref }) => ref.namespace === namespace && ref.name === name)

type Values = readonly (readonly [string, string | undefined])[]

const valuesFrom = (world: World, namespace: string, source: JsonObject): Values | undefined => {
  const configMap = configMapOf(world, namespace, textOf(objectOf(source.configMapRef).name))
  if (configMap !== undefined)
    return Object.entries(objectOf(configMap.manifest.data)).map(([name, value]) => [name, scalarText(value)])
  const secret = textOf(objectOf(source.secretRef).name)
  const made = world.provided.find(
    ({ kind, namespace: home, name }) => kind === 'Secret' && home === namespace && name === secret,
  )
  return made?.keys?.map((name) => [name, undefined])
}

const valueOfEntry = (world: World, namespace: string, entry: JsonObject): string | undefined => {
  if (!isObject(entry.valueFrom)) return scalarText(entry.value) ?? ''
  const key = objectOf(entry.valueFrom.configMapKeyRef)
  const configMap = configMapOf(world, namespace, textOf(key.name))
  return scalarText(objectOf(configMap?.manifest.data)[textOf(key.key) ?? ''])
}
