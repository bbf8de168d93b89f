import type { Json } from '../types.ts'
import { plainScalar } from './plain-scalar.ts'

/** Something that the reader of plain YAML leaves to the reader of any YAML. */
export class NotPlain extends Error {}

/** One bail-out for all: making errors with stack traces costs more than reading. */
export const notPlain = new NotPlain('not plain YAML')

/** A value that was read, and where the text goes on. */
export type Read = { readonly value: Json; readonly end: number }

const ESCAPED = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\/g

/** Reads a quoted scalar that ends on its line. */
export const quotedAt = (text: string, start: number): { readonly value: string; readonly end: number } => {
  if (text[start] === "'") {
    for (let at = text.indexOf("'", start + 1); at !== -1; at = text.indexOf("'", at + 2))
      if (text[at + 1] !== "'") return { value: text.slice(start + 1, at).replaceAll("''", "'"), end: at + 1 }
    throw notPlain
  }
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 92) at += 1
    else if (code === 34) {
      const inner = text.slice(start + 1, at)
      if (!inner.includes('\\')) return { value: inner, end: at + 1 }
      for (const [found] of inner.matchAll(ESCAPED)) if (found === '\\') throw notPlain
      return { value: JSON.parse(`"${inner}"`) as string, end: at + 1 }
    }
  }
  throw notPlain
}

const past = (text: string, at: number): number => {
  let end = at
  while (text[end] === ' ') end += 1
  return end
}

const PLAIN = /[^,[\]{}:#"'&*!|>%@`\s?-][^,[\]{}:#]*|-[^,[\]{}:#\s][^,[\]{}:#]*/y

const plainAt = (text: string, start: number): { readonly text: string; readonly end: number } => {
  let end = start
  for (;;) {
    PLAIN.lastIndex = end
    // after an inner colon anything goes on that is not the end of the scalar
    const found = end === start ? PLAIN.exec(text)?.[0] : /^[^,[\]{}:#]*/.exec(text.slice(end))?.[0]
    if (found === undefined) throw notPlain
    end += found.length
    const next = text[end]
    if (next === '#' && text[end - 1] !== ' ') end += 1
    else if (next === ':' && /[^\s,[\]{}]/.test(text[end + 1] ?? ' ')) end += 1
    else return { text: text.slice(start, end).trimEnd(), end }
  }
}

const scalarAt = (text: string, start: number): Read => {
  const first = text[start]
  if (first === '"' || first === "'") return quotedAt(text, start)
  const plain = plainAt(text, start)
  return { value: plainScalar(plain.text), end: plain.end }
}

const listAt = (text: string, start: number): Read => {
  const items: Json[] = []
  let at = past(text, start + 1)
  while (text[at] !== ']') {
    const { value, end } = flowAt(text, at)
    items.push(value)
    at = past(text, end)
    if (text[at] === ',') at = past(text, at + 1)
    else if (text[at] !== ']') throw notPlain
  }
  return { value: items, end: at + 1 }
}

const mapAt = (text: string, start: number): Read => {
  const value: Record<string, Json> = {}
  let at = past(text, start + 1)
  while (text[at] !== '}') {
    const isQuoted = text[at] === '"' || text[at] === "'"
    const key = isQuoted ? quotedAt(text, at) : plainAt(text, at)
    const name = 'text' in key ? key.text : key.value
    if (name === '<<' || name === '__proto__' || Object.hasOwn(value, name)) throw notPlain
    at = past(text, key.end)
    if (text[at] !== ':' || !(isQuoted || text[at + 1] === ' ')) throw notPlain
    at = past(text, at + 1)
    if (text[at] === ',' || text[at] === '}') value[name] = null
    else {
      const read = flowAt(text, at)
      value[name] = read.value
      at = past(text, read.end)
    }
    if (text[at] === ',') at = past(text, at + 1)
    else if (text[at] !== '}') throw notPlain
  }
  return { value, end: at + 1 }
}

/** Reads a flow collection, or a scalar in one, that ends on its line. */
export const flowAt = (text: string, start: number): Read => {
  if (start >= text.length) throw notPlain
  if (text[start] === '[') return listAt(text, start)
  return text[start] === '{' ? mapAt(text, start) : scalarAt(text, start)
}
