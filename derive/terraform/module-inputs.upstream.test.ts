import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { fieldsOf, type ModuleInputs, moduleInputs } from '../testing/terraform-inputs.ts'

type Declared = Readonly<Record<string, { readonly type: string; readonly required: boolean }>>
type Modules = Readonly<
  Record<string, { readonly snapshot: string; readonly files: Readonly<Record<string, Declared>> }>
>

const modules: Modules = JSON.parse(readFileSync(join(inject('upstream'), 'data/terraform-modules.json'), 'utf8'))

/** `map(object(` of a type with fields; a type without is compared whole. */
const shapeOf = (type: string): string => (type.includes('{') ? (type.split('{')[0] ?? '') : type)

test.each(Object.entries(moduleInputs))(
  'the module %s declares these inputs at that commit',
  (name, known: ModuleInputs) => {
    const { snapshot, files } = modules[name] ?? { snapshot: '', files: {} }
    const declared = files[known.file] ?? {}
    expect(snapshot).toContain(known.commit)
    expect(Object.keys(declared).filter((input) => declared[input]?.required)).toEqual(known.required)
    for (const [input, type] of Object.entries(known.inputs)) {
      const found = declared[input]?.type ?? ''
      expect(shapeOf(found), input).toBe(shapeOf(type))
      expect(
        [...fieldsOf(type)].filter((field) => !fieldsOf(found).has(field)),
        input,
      ).toEqual([])
    }
  },
)
