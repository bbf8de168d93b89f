/** A value of Terraform's JSON syntax; strings may hold `${…}` expressions. */
export type TerraformValue =
  | string
  | number
  | boolean
  | readonly TerraformValue[]
  | { readonly [key: string]: TerraformValue }

export type TerraformBlock = { readonly [key: string]: TerraformValue }

/** A configuration in Terraform's JSON syntax: its blocks by kind, type and name. */
export type TerraformDocument = {
  readonly terraform: TerraformBlock
  readonly provider: Readonly<Record<string, TerraformBlock>>
  readonly variable: Readonly<Record<string, TerraformBlock>>
  readonly locals: TerraformBlock
  readonly data: Readonly<Record<string, Readonly<Record<string, TerraformBlock>>>>
  readonly module: Readonly<Record<string, TerraformBlock>>
  readonly resource: Readonly<Record<string, Readonly<Record<string, TerraformBlock>>>>
  readonly output: Readonly<Record<string, TerraformBlock>>
}

/** The parts of a configuration that a concern adds; what two concerns add under one type is joined. */
export type TerraformPart = Partial<Pick<TerraformDocument, 'data' | 'module' | 'resource' | 'output'>>

/** All parts as one. */
export const joined = (parts: readonly TerraformPart[]): Required<TerraformPart> => ({
  data: byType(parts.map(({ data }) => data)),
  module: Object.assign({}, ...parts.map(({ module }) => module)),
  resource: byType(parts.map(({ resource }) => resource)),
  output: Object.assign({}, ...parts.map(({ output }) => output)),
})

const byType = (parts: readonly (TerraformDocument['resource'] | undefined)[]): TerraformDocument['resource'] => {
  const all: Record<string, Record<string, TerraformBlock>> = {}
  for (const part of parts) {
    for (const [type, blocks] of Object.entries(part ?? {})) all[type] = { ...all[type], ...blocks }
  }
  return all
}

/** The text of a file. */
export const terraformText = (content: object): string => `${JSON.stringify(content, null, 2)}\n`

/** A string that Terraform evaluates: `var.zones` → `${var.zones}`. */
export const hcl = (expression: string): string => `\${${expression}}`
