/** An expression of CEL, as far as the rules of custom resource definitions use it. */
export type Cel =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Cel[] }
  | { readonly kind: 'member'; readonly of: Cel; readonly name: string }
  | { readonly kind: 'index'; readonly of: Cel; readonly at: Cel }
  | { readonly kind: 'call'; readonly on: Cel | undefined; readonly name: string; readonly given: readonly Cel[] }
  | { readonly kind: 'not' | 'minus'; readonly of: Cel }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Cel; readonly right: Cel }
  | { readonly kind: 'choice'; readonly when: Cel; readonly then: Cel; readonly otherwise: Cel }

/** A rule uses a part of CEL that is not read here. */
export class CelUnsupported extends Error {}

const TOKEN =
  /\s*(?:(r?"""[\s\S]*?"""|r?'''[\s\S]*?'''|r?"(?:[^"\\]|\\.)*"|r?'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(\|\||&&|[=!<>]=|[-+*/%<>!?:.,()[\]]))/y

type Token = { readonly kind: 'string' | 'number' | 'name' | 'sign'; readonly text: string }

const tokensOf = (rule: string): readonly Token[] => {
  const tokens: Token[] = []
  const text = rule.trim()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text)
    if (match === null) throw new CelUnsupported(rule)
    const [, string, number, name, sign] = match
    if (string !== undefined) tokens.push({ kind: 'string', text: string })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (name !== undefined) tokens.push({ kind: 'name', text: name })
    else tokens.push({ kind: 'sign', text: sign ?? '' })
  }
  return tokens
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

const stringOf = (literal: string): string => {
  const isRaw = literal.startsWith('r')
  const quoted = isRaw ? literal.slice(1) : literal
  const quotes = /^("""|'''|"|')/.exec(quoted)?.[0].length ?? 1
  const inner = quoted.slice(quotes, -quotes)
  return isRaw ? inner : inner.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter)
}

/** How tightly operators bind. */
const strength: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  ...Object.fromEntries(['==', '!=', '<', '<=', '>', '>=', 'in'].map((operator) => [operator, 3])),
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
}

const constants: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }

/** Reads a rule; throws `CelUnsupported` for what is not read here. */
export const parseCel = (rule: string): Cel => {
  const tokens = tokensOf(rule)
  let at = 0
  const isNext = (text: string) => tokens[at]?.text === text && tokens[at]?.kind !== 'string'
  const take = (): Token => {
    const token = tokens[at]
    if (token === undefined) throw new CelUnsupported(rule)
    at += 1
    return token
  }
  const expect = (text: string) => {
    if (take().text !== text) throw new CelUnsupported(rule)
  }
  const listUntil = (end: string): readonly Cel[] => {
    const items: Cel[] = []
    while (!isNext(end)) {
      items.push(choice())
      if (!isNext(end)) expect(',')
    }
    expect(end)
    return items
  }
  const primary = (): Cel => {
    const token = take()
    if (token.kind === 'string') return { kind: 'value', value: stringOf(token.text) }
    if (token.kind === 'number') return { kind: 'value', value: Number(token.text) }
    if (token.kind === 'name') {
      if (Object.hasOwn(constants, token.text)) return { kind: 'value', value: constants[token.text] ?? null }
      if (!isNext('(')) return { kind: 'name', name: token.text }
      take()
      return { kind: 'call', on: undefined, name: token.text, given: listUntil(')') }
    }
    if (token.text === '[') return { kind: 'list', items: listUntil(']') }
    if (token.text === '!') return { kind: 'not', of: unary() }
    if (token.text === '-') return { kind: 'minus', of: unary() }
    if (token.text !== '(') throw new CelUnsupported(rule)
    const inner = choice()
    expect(')')
    return inner
  }
  const unary = (): Cel => {
    let node = primary()
    while (isNext('.') || isNext('[')) {
      if (take().text === '[') {
        node = { kind: 'index', of: node, at: choice() }
        expect(']')
        continue
      }
      const name = take().text.replace(/^__(\w+)__$/, '$1')
      if (isNext('(')) {
        take()
        node = { kind: 'call', on: node, name, given: listUntil(')') }
      } else node = { kind: 'member', of: node, name }
    }
    return node
  }
  const binary = (least: number): Cel => {
    let left = unary()
    for (;;) {
      const operator = tokens[at]?.kind === 'string' ? '' : (tokens[at]?.text ?? '')
      const binds = Object.hasOwn(strength, operator) ? (strength[operator] ?? 0) : 0
      if (binds === 0 || binds < least) return left
      take()
      left = { kind: 'binary', operator, left, right: binary(binds + 1) }
    }
  }
  const choice = (): Cel => {
    const when = binary(1)
    if (!isNext('?')) return when
    take()
    const then = choice()
    expect(':')
    return { kind: 'choice', when, then, otherwise: choice() }
  }
  const tree = choice()
  if (at < tokens.length) throw new CelUnsupported(rule)
  return tree
}
