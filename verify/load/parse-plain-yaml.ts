import type { Json } from '../types.ts'
import { flowAt, NotPlain, notPlain, quotedAt } from './flow-value.ts'
import type { Lines } from './parse-any-yaml.ts'
import { plainScalar } from './plain-scalar.ts'

type Reader = {
  readonly lines: string[]
  at: number
  /** Undefined when nobody asks where things stand. */
  readonly places: WeakMap<object, Readonly<Record<string | number, number>>> | undefined
  readonly firstLine: number
}

const SPACE = 32
const HASH = 35
const DASH = 45

const indentOf = (line: string): number => {
  let indent = 0
  while (line.charCodeAt(indent) === SPACE) indent += 1
  return indent
}

/** The indent of the next line that says something, which `at` then stands on; -1 at the end. */
const nextIndent = (reader: Reader): number => {
  for (; reader.at < reader.lines.length; reader.at += 1) {
    const line = reader.lines[reader.at] ?? ''
    const indent = indentOf(line)
    if (indent < line.length && line.charCodeAt(indent) !== HASH) {
      if (line.charCodeAt(indent) === 9) throw notPlain
      return indent
    }
  }
  return -1
}

const isItem = (line: string, indent: number): boolean =>
  line.charCodeAt(indent) === DASH && (line.length === indent + 1 || line.charCodeAt(indent + 1) === SPACE)

const isBlankFrom = (line: string, start: number): boolean => {
  const rest = line.slice(start).trimEnd()
  return rest === '' || /^ +#|^ *$/.test(rest)
}

/** Lines of a literal block, which stands deeper than `parent`. */
const literal = (reader: Reader, header: string, parent: number): string => {
  if (header !== '|' && header !== '|-') throw notPlain
  const held: string[] = []
  let indent = -1
  for (; reader.at < reader.lines.length; reader.at += 1) {
    const line = reader.lines[reader.at] ?? ''
    const own = indentOf(line)
    if (own === line.length) {
      if (indent === -1 ? own > 0 : false) throw notPlain
      held.push(indent === -1 ? '' : line.slice(indent))
      continue
    }
    if (indent === -1) {
      if (own <= parent) break
      indent = own
    }
    if (own <= parent) break
    if (own < indent) throw notPlain
    held.push(line.slice(indent))
  }
  while (held.length > 0 && (held.at(-1) ?? '').length === 0) held.pop()
  // lines of spaces alone at the end count as content in some readers and not in others
  if (held.length > 0 && (held.at(-1) ?? '').trim() === '') throw notPlain
  return held.length === 0 ? '' : held.join('\n') + (header === '|' ? '\n' : '')
}

const endsLine = (line: string, end: number) => {
  if (!isBlankFrom(line, end)) throw notPlain
}

const PLAIN_START = /[^\s,[\]{}#&*!|>'"%@`]/
const withoutComment = (text: string): string => {
  const comment = text.indexOf(' #')
  return (comment === -1 ? text : text.slice(0, comment)).trimEnd()
}

/** A plain scalar may go on in the next line, which is left to the other reader. */
const plain = (reader: Reader, text: string, parent: number): Json => {
  if (!PLAIN_START.test(text[0] ?? '') || /^[-?:](?: |$)/.test(text) || text.includes('\t')) throw notPlain
  const scalar = withoutComment(text)
  if (scalar.includes(': ') || scalar.endsWith(':')) throw notPlain
  if (nextIndent(reader) > parent) throw notPlain
  return plainScalar(scalar)
}

/** The value that begins at `start` of the line that `at` stands on. */
const inlineValue = (reader: Reader, line: string, start: number, parent: number): Json => {
  reader.at += 1
  const first = line[start]
  if (first === '|' || first === '>') return literal(reader, withoutComment(line.slice(start)), parent)
  if (first === '"' || first === "'") {
    const { value, end } = quotedAt(line, start)
    endsLine(line, end)
    return value
  }
  if (first === '[' || first === '{') {
    const { value, end } = flowAt(line, start)
    endsLine(line, end)
    return value
  }
  return plain(reader, line.slice(start), parent)
}

type Key = { readonly name: string; readonly end: number }

/** The key of a line of a map and where its colon is; undefined when the line is none. */
const keyAt = (line: string, start: number): Key | undefined => {
  const first = line[start] ?? ''
  if (first === '"' || first === "'") {
    const { value, end } = quotedAt(line, start)
    return line[end] === ':' && (end + 1 === line.length || line[end + 1] === ' ') ? { name: value, end } : undefined
  }
  if (!PLAIN_START.test(first) || (first === '?' && line[start + 1] === ' ')) {
    if (first === '[' || first === '{') return undefined
    throw notPlain
  }
  for (let at = line.indexOf(':', start); at !== -1; at = line.indexOf(':', at + 1)) {
    if (at + 1 < line.length && line[at + 1] !== ' ') continue
    const name = line.slice(start, at).trimEnd()
    return name.includes(' #') ? undefined : { name, end: at }
  }
  return undefined
}

const afterKey = (line: string, end: number): number => {
  let start = end + 1
  while (line.charCodeAt(start) === SPACE) start += 1
  return start >= line.length || line.charCodeAt(start) === HASH ? -1 : start
}

const nested = (reader: Reader, indent: number, mayBeLevel: boolean): Json => {
  reader.at += 1
  const next = nextIndent(reader)
  if (next > indent) return block(reader, next)
  const isLevelList = mayBeLevel && next === indent && isItem(reader.lines[reader.at] ?? '', indent)
  return isLevelList ? list(reader, indent) : null
}

const map = (reader: Reader, indent: number): Json => {
  const value: Record<string, Json> = {}
  const places: Record<string, number> = {}
  while (nextIndent(reader) === indent) {
    const line = reader.lines[reader.at] ?? ''
    if (line.includes('\t')) throw notPlain
    const key = isItem(line, indent) ? undefined : keyAt(line, indent)
    if (key === undefined || key.name === '<<' || key.name === '__proto__' || Object.hasOwn(value, key.name))
      throw notPlain
    places[key.name] = reader.firstLine + reader.at
    const start = afterKey(line, key.end)
    value[key.name] = start === -1 ? nested(reader, indent, true) : inlineValue(reader, line, start, indent)
  }
  if (nextIndent(reader) > indent) throw notPlain
  reader.places?.set(value, places)
  return value
}

const item = (reader: Reader, line: string, indent: number): Json => {
  let start = indent + 1
  while (line.charCodeAt(start) === SPACE) start += 1
  if (start >= line.length || line.charCodeAt(start) === HASH) return nested(reader, indent, false)
  if (line.includes('\t')) throw notPlain
  const isCollection =
    isItem(line, start) || (line[start] !== '|' && line[start] !== '>' && keyAt(line, start) !== undefined)
  if (!isCollection) return inlineValue(reader, line, start, indent)
  // the dash gives way to a space, so that what follows is a block of its own depth
  reader.lines[reader.at] = ' '.repeat(start) + line.slice(start)
  return block(reader, start)
}

const list = (reader: Reader, indent: number): Json => {
  const items: Json[] = []
  const places: Record<number, number> = {}
  while (nextIndent(reader) === indent) {
    const line = reader.lines[reader.at] ?? ''
    if (!isItem(line, indent)) break
    places[items.length] = reader.firstLine + reader.at
    items.push(item(reader, line, indent))
  }
  if (nextIndent(reader) > indent) throw notPlain
  reader.places?.set(items, places)
  return items
}

const block = (reader: Reader, indent: number): Json => {
  const line = reader.lines[reader.at] ?? ''
  if (isItem(line, indent)) return list(reader, indent)
  if (keyAt(line, indent) === undefined) throw notPlain
  return map(reader, indent)
}

/** A value and, when they were asked for, the lines of what it holds. */
export type PlainYaml = { readonly value: Json; readonly lines: Lines }

/**
 * Reads the plain YAML that manifests are written in – block maps and lists, literal blocks, scalars and flow
 * collections on one line – several times as fast as a reader of all YAML; undefined for anything else, faults included.
 */
export const parsePlainYaml = (text: string, firstLine: number, isLocated = false): PlainYaml | undefined => {
  if (text.includes('\r') || text.charCodeAt(0) === 0xfeff) return undefined
  const places: Lines = new WeakMap()
  const reader: Reader = { lines: text.split('\n'), at: 0, places: isLocated ? places : undefined, firstLine }
  try {
    const indent = nextIndent(reader)
    if (indent === -1) return { value: null, lines: places }
    const value = block(reader, indent)
    return nextIndent(reader) === -1 ? { value, lines: places } : undefined
  } catch (error) {
    if (error instanceof NotPlain) return undefined
    throw error
  }
}
