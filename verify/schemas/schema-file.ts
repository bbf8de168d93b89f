import type { Json } from '../types.ts'

/** A CEL rule of a custom resource definition and what it says when it does not hold. */
export type Validation = { readonly rule: string; readonly message: string }

/** The shape of one value. Numbers that stand for shapes are indices into the file's `nodes`. */
export type SchemaNode = {
  /** Absent = any value. `int-or-string` and `quantity` are Kubernetes' own two-type values. */
  readonly type?:
    | 'object'
    | 'array'
    | 'string'
    | 'integer'
    | 'number'
    | 'boolean'
    | 'int-or-string'
    | 'quantity'
    | undefined
  readonly properties?: Readonly<Record<string, number>>
  /** The shape of every value of a map. */
  readonly values?: number
  readonly items?: number
  readonly required?: readonly string[]
  /** Values that the API server fills in where a field is left out. */
  readonly default?: Json
  readonly enum?: readonly Json[]
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minProperties?: number
  readonly maxProperties?: number
  /** A null is a value of its own. */
  readonly nullable?: true
  /** Fields beside `properties` are kept. */
  readonly open?: true
  /** The fields that together must differ between the items of a list. */
  readonly keys?: readonly string[]
  /** Exactly one of these fields must be there. */
  readonly oneOf?: readonly string[]
  readonly validations?: readonly Validation[]
}

/** A kind of an API as one version serves it. */
export type SchemaKind = { readonly root: number; readonly namespaced: boolean }

/** Shapes of the kinds of one or more API groups, `group/version/Kind`; equal shapes stand once in `nodes`. */
export type SchemaFile = {
  /** What the shapes were made from. */
  readonly source: string
  readonly kinds: Readonly<Record<string, SchemaKind>>
  readonly nodes: readonly SchemaNode[]
}

/** Which file holds a group's kinds. */
export type SchemaIndex = Readonly<Record<string, string>>
