import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One field of a declared interface; `type` is its TypeScript text. */
type DeclaredField = { readonly name: string; readonly isOptional: boolean; readonly type: string }

/** An interface or a type alias of `kubernetes-models`, with where the names in it are declared. */
export type Declaration = {
  readonly name: string
  readonly fields: readonly DeclaredField[] | undefined
  readonly alias: string | undefined
  readonly imports: Readonly<Record<string, string>>
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '')

const fieldsOf = (body: string): readonly DeclaredField[] =>
  [...body.matchAll(/^ {4}"([^"]+)"(\??): ((?:\{[\s\S]*?^ {4}\}|[^;{])+);$/gm)].map(
    ([, name = '', mark, type = '']) => ({
      name,
      isOptional: mark === '?',
      type: type.replace(/\s+/g, ' ').trim(),
    }),
  )

/** Reads declarations on demand; a file holds one. `modules` is the folder of installed packages. */
export const createDeclarations = (modules: string): ((file: string) => Declaration) => {
  const known = new Map<string, Declaration>()
  const fileOf = (from: string, specifier: string) =>
    specifier.startsWith('.')
      ? join(dirname(from), specifier.replace(/\.js$/, '.d.ts'))
      : join(modules, `${specifier}.d.ts`)
  const read = (file: string): Declaration => {
    const text = withoutComments(readFileSync(file, 'utf8'))
    const imports = [...text.matchAll(/^import \{ (I\w+) \} from "([^"]+)";$/gm)].map(([, name = '', path = '']) => [
      name,
      fileOf(file, path),
    ])
    const body = /^export interface I(\w+)(?: extends TypeMeta)? \{\n([\s\S]*?)^\}$/m.exec(text)
    const alias = /^export type I(\w+) = ([^;]+);$/m.exec(text)
    return {
      name: body?.[1] ?? alias?.[1] ?? '',
      fields: body === null ? undefined : fieldsOf(body[2] ?? ''),
      alias: alias?.[2],
      imports: Object.fromEntries(imports),
    }
  }
  return (file) => {
    const declaration = known.get(file) ?? read(file)
    known.set(file, declaration)
    return declaration
  }
}
