import type { Json, JsonObject } from '../types.ts'
import { isObject } from '../values.ts'
import { type Cel, CelUnsupported } from './parse-cel.ts'

/** A rule asks for something that is not there; the API server then refuses the object as if the rule did not hold. */
export class CelFault extends Error {}

type Scope = Readonly<Record<string, Json>>

const isEqual = (a: Json, b: Json): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => isEqual(item, b[i] ?? null))
    )
  const [left, right] = [a as JsonObject, b as JsonObject]
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length && keys.every((key) => isEqual(left[key] ?? null, right[key] ?? null))
  )
}

const member = (value: Json, name: string): Json => {
  const found = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  if (found === undefined || found === null) throw new CelFault(`no such key: ${name}`)
  return found
}

const size = (value: Json): number => {
  if (typeof value === 'string') return [...value].length
  if (Array.isArray(value)) return value.length
  if (isObject(value)) return Object.keys(value).length
  throw new CelFault('size of something without one')
}

const secondsOf: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 }

const duration = (text: string): number =>
  [...text.matchAll(/(\d+(?:\.\d+)?)(ms|us|µs|ns|h|m|s)/g)].reduce(
    (total, [, amount, unit = 's']) => total + Number(amount) * (secondsOf[unit] ?? 0),
    0,
  )

const order = (operator: string, a: Json, b: Json): boolean => {
  if (typeof a !== typeof b || (typeof a !== 'number' && typeof a !== 'string'))
    throw new CelFault('values without order')
  const [left, right] = [a, b as typeof a]
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}

const isIn = (value: Json, container: Json): boolean => {
  if (Array.isArray(container)) return container.some((item) => isEqual(item, value))
  if (isObject(container)) return Object.hasOwn(container, String(value))
  throw new CelFault('in something that holds nothing')
}

const arithmetic = (operator: string, a: Json, b: Json): Json => {
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return a + b
  if (typeof a !== 'number' || typeof b !== 'number') throw new CelFault('no numbers')
  if (operator === '+') return a + b
  if (operator === '-') return a - b
  if (operator === '*') return a * b
  return operator === '/' ? Math.trunc(a / b) : a % b
}

/** `||` and `&&` forgive a fault on one side when the other side decides. */
const logical = (node: Cel & { kind: 'binary' }, scope: Scope): boolean => {
  const decides = node.operator === '||'
  let fault: unknown
  for (const side of [node.left, node.right]) {
    try {
      if (evaluate(side, scope) === decides) return decides
    } catch (error) {
      if (!(error instanceof CelFault)) throw error
      fault = error
    }
  }
  if (fault !== undefined) throw fault
  return !decides
}

const binary = (node: Cel & { kind: 'binary' }, scope: Scope): Json => {
  if (node.operator === '||' || node.operator === '&&') return logical(node, scope)
  const [a, b] = [evaluate(node.left, scope), evaluate(node.right, scope)]
  if (node.operator === '==') return isEqual(a, b)
  if (node.operator === '!=') return !isEqual(a, b)
  if (node.operator === 'in') return isIn(a, b)
  return '<='.includes(node.operator[0] ?? '') || node.operator.startsWith('>')
    ? order(node.operator, a, b)
    : arithmetic(node.operator, a, b)
}

const regularExpression = (pattern: string): RegExp =>
  new RegExp(pattern.replace('(?i)', ''), pattern.includes('(?i)') ? 'iu' : 'u')

const textMethods: Readonly<Record<string, (text: string, given: string) => Json>> = {
  startsWith: (text, given) => text.startsWith(given),
  endsWith: (text, given) => text.endsWith(given),
  contains: (text, given) => text.includes(given),
  matches: (text, given) => regularExpression(given).test(text),
  split: (text, given) => text.split(given),
}

const macro = (name: string, items: readonly Json[], variable: string, body: Cel, scope: Scope): Json | undefined => {
  const test = (item: Json) => evaluate(body, { ...scope, [variable]: item }) === true
  switch (name) {
    case 'all':
      return items.every(test)
    case 'exists':
      return items.some(test)
    case 'exists_one':
      return items.filter(test).length === 1
    case 'filter':
      return items.filter(test)
    case 'map':
      return items.map((item) => evaluate(body, { ...scope, [variable]: item }))
    default:
      return undefined
  }
}

const method = (node: Cel & { kind: 'call' }, on: Cel, scope: Scope): Json => {
  const value = evaluate(on, scope)
  if (node.name === 'size') return size(value)
  const [first, second] = node.given
  if (first?.kind === 'name' && second !== undefined && (Array.isArray(value) || isObject(value))) {
    const found = macro(node.name, Array.isArray(value) ? value : Object.keys(value), first.name, second, scope)
    if (found !== undefined) return found
  }
  const way = Object.hasOwn(textMethods, node.name) ? textMethods[node.name] : undefined
  if (way === undefined || first === undefined) throw new CelUnsupported(node.name)
  return way(String(value), String(evaluate(first, scope)))
}

const call = (node: Cel & { kind: 'call' }, scope: Scope): Json => {
  if (node.on !== undefined) return method(node, node.on, scope)
  const [given] = node.given
  if (given === undefined) throw new CelUnsupported(node.name)
  if (node.name === 'has' && given.kind === 'member') {
    const holder = evaluate(given.of, scope)
    return isObject(holder) && (holder[given.name] ?? null) !== null
  }
  if (node.name === 'size') return size(evaluate(given, scope))
  if (node.name === 'duration') return duration(String(evaluate(given, scope)))
  throw new CelUnsupported(node.name)
}

const index = (value: Json, at: Json): Json => {
  if (!Array.isArray(value)) return member(value, String(at))
  const found = typeof at === 'number' ? value[at] : undefined
  if (found === undefined) throw new CelFault(`no item ${String(at)}`)
  return found
}

/** The value of an expression; throws `CelFault` for a fault of the object, `CelUnsupported` for one of this reader. */
export const evaluate = (node: Cel, scope: Scope): Json => {
  switch (node.kind) {
    case 'value':
      return node.value
    case 'name': {
      const value = Object.hasOwn(scope, node.name) ? scope[node.name] : undefined
      if (value === undefined) throw new CelUnsupported(node.name)
      return value
    }
    case 'list':
      return node.items.map((item) => evaluate(item, scope))
    case 'member':
      return member(evaluate(node.of, scope), node.name)
    case 'index':
      return index(evaluate(node.of, scope), evaluate(node.at, scope))
    case 'not':
      return evaluate(node.of, scope) !== true
    case 'minus':
      return -Number(evaluate(node.of, scope))
    case 'choice':
      return evaluate(evaluate(node.when, scope) === true ? node.then : node.otherwise, scope)
    case 'binary':
      return binary(node, scope)
    case 'call':
      return call(node, scope)
  }
}
