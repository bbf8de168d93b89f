import type { Json } from '../types.ts'
import { type Lines, parseAnyYaml, type SyntaxFault } from './parse-any-yaml.ts'
import { parsePlainYaml } from './parse-plain-yaml.ts'
import type { DocumentText } from './split-documents.ts'

/** A document and, found out only when somebody asks, where its parts stand. */
export type Parsed = {
  readonly value: Json
  readonly faults: readonly SyntaxFault[]
  readonly located: () => { readonly value: Json; readonly lines: Lines }
}

const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const parseJson = (text: string): { readonly value: Json } | undefined => {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    return { value: JSON.parse(text) as Json }
  } catch {
    return undefined
  }
}

/** Reads one document: JSON, the plain YAML of manifests, or else any YAML. */
export const parseDocument = (document: DocumentText): Parsed => {
  const json = parseJson(document.text)
  if (json !== undefined) return { value: json.value, faults: [], located: once(() => parseAnyYaml(document)) }
  const plain = parsePlainYaml(document.text, document.line)
  if (plain === undefined) {
    const { value, lines, faults } = parseAnyYaml(document)
    return { value, faults, located: () => ({ value, lines }) }
  }
  const locate = () => parsePlainYaml(document.text, document.line, true) ?? parseAnyYaml(document)
  return { value: plain.value, faults: [], located: once(locate) }
}
