import { type ContainerOf, containersNamed } from '../../read/containers.ts'
import { type Environment, environmentOf } from '../../read/environment.ts'
import type { World } from '../../types.ts'
import { isTrue } from '../../values.ts'

/** A Weaviate container with its settings. */
export type Weaviate = ContainerOf & { readonly environment: Environment }

/** Every Weaviate of the files whose settings are all known. */
export const weaviates = (world: World): readonly Weaviate[] =>
  containersNamed(world, ['weaviate'])
    .map((at) => ({ ...at, environment: environmentOf(world, at) }))
    .filter(({ environment }) => environment.isComplete)

/** Whether a switch is on; one whose value is not known counts as on. */
export const isSwitchedOn = ({ environment }: Weaviate, name: string): boolean => {
  const variable = environment.variables.get(name)
  return variable !== undefined && (variable.value === undefined || isTrue(variable.value))
}

/** The modules that are switched on. */
export const modulesOf = ({ environment }: Weaviate): readonly string[] =>
  (environment.variables.get('ENABLE_MODULES')?.value ?? '').split(',').map((name) => name.trim())

/** Where a variable is written, or the container when it is not. */
export const pathOf = ({ environment, path }: Weaviate, name: string): string =>
  environment.variables.get(name)?.path ?? path
