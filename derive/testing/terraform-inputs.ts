import type { moduleSources } from '../terraform/modules.ts'
import facts from './terraform-inputs.json' with { type: 'json' }

/** What a module takes at its pinned commit: Terraform types by input, the inputs that have no default, and the file that says so. */
export type ModuleInputs = {
  readonly commit: string
  readonly file: string
  readonly required: readonly string[]
  readonly inputs: Readonly<Record<string, string>>
}

/** The inputs that are given or required, of every module that is used; of large objects only the fields that are given. */
export const moduleInputs: Readonly<Record<keyof typeof moduleSources, ModuleInputs>> = facts.modules

/** The names of the fields of the objects in a Terraform type, at any depth. */
export const fieldsOf = (type: string): ReadonlySet<string> =>
  new Set([...type.matchAll(/(\w+)\s*=\s*(?!=)/g)].map(([, name = '']) => name))
