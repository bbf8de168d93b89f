import type { Document } from 'yaml'
import { isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument as parseYaml, Scalar } from 'yaml'
import type { Json, JsonObject } from '../types.ts'
import { plainScalar } from './plain-scalar.ts'
import type { DocumentText } from './split-documents.ts'

/** Lines by object and key (or index) of a parsed document, from 1. */
export type Lines = WeakMap<object, Readonly<Record<string | number, number>>>

/** Why a document cannot be read; `line` counts from 1 in its file. */
export type SyntaxFault = { readonly line: number; readonly says: string }

type AnyYaml = { readonly value: Json; readonly lines: Lines; readonly faults: readonly SyntaxFault[] }

type Reading = {
  readonly document: Document.Parsed
  readonly lineAt: (offset: number) => number
  readonly lines: Lines
}

const keyText = (key: unknown): string =>
  isScalar(key) ? String(key.type === Scalar.PLAIN ? (key.source ?? key.value) : key.value) : String(key)

const mapValue = (node: ParsedNode, reading: Reading): JsonObject => {
  const value: Record<string, Json> = {}
  const lines: Record<string, number> = {}
  if (!isMap(node)) return value
  for (const { key, value: child } of node.items) {
    const name = keyText(key)
    const read = nodeValue(child as ParsedNode | null, reading)
    if (name === '<<' && typeof read === 'object') {
      for (const merged of Array.isArray(read) ? read : [read])
        for (const [inner, given] of Object.entries((merged ?? {}) as JsonObject)) value[inner] ??= given ?? null
      continue
    }
    Object.defineProperty(value, name, { value: read, enumerable: true, configurable: true, writable: true })
    const offset = isScalar(key) ? key.range?.[0] : undefined
    if (offset !== undefined) lines[name] = reading.lineAt(offset)
  }
  reading.lines.set(value, lines)
  return value
}

const nodeValue = (node: ParsedNode | null | undefined, reading: Reading): Json => {
  if (node === null || node === undefined) return null
  if (isAlias(node)) return nodeValue(node.resolve(reading.document) as ParsedNode | undefined, reading)
  if (isMap(node)) return mapValue(node, reading)
  if (isSeq(node)) {
    const items = node.items.map((item) => nodeValue(item as ParsedNode, reading))
    const offsets = node.items.map((item) => reading.lineAt((item as ParsedNode).range?.[0] ?? 0))
    reading.lines.set(items, Object.fromEntries(offsets.entries()))
    return items
  }
  if (!isScalar(node)) return null
  if (node.type === Scalar.PLAIN && node.tag === undefined) return plainScalar(String(node.source ?? node.value ?? ''))
  return node.value === null || typeof node.value === 'number' || typeof node.value === 'boolean'
    ? node.value
    : String(node.value)
}

/** Reads one document with the `yaml` package: any YAML 1.2 with merge keys. */
export const parseAnyYaml = ({ text, line }: DocumentText): AnyYaml => {
  const counter = new LineCounter()
  const document = parseYaml(text, { lineCounter: counter, prettyErrors: false, logLevel: 'silent' })
  const lineAt = (offset: number) => counter.linePos(offset).line + line - 1
  const lines: Lines = new WeakMap()
  const faults = document.errors.map((error) => ({ line: lineAt(error.pos[0]), says: error.message }))
  if (faults.length > 0) return { value: null, lines, faults }
  return { value: nodeValue(document.contents, { document, lineAt, lines }), lines, faults }
}
