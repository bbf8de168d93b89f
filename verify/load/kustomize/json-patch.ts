import type { Json, JsonObject } from '../../types.ts'
import { isObject } from '../../values.ts'

type Change = (holder: Json, key: string) => Json

const tokenText = (token: string) => token.replaceAll('~1', '/').replaceAll('~0', '~')

/** Applies `change` to what holds the value at `pointer`; throws a sentence when there is nothing on the way. */
const at = (value: Json, tokens: readonly string[], change: Change): Json => {
  const [token, ...rest] = tokens
  if (token === undefined) throw new Error('the path of a patch is empty')
  if (rest.length === 0) return change(value, token)
  if (Array.isArray(value)) {
    const index = Number(token)
    const child = value[index]
    if (child === undefined) throw new Error(`there is no item ${token}`)
    return value.with(index, at(child, rest, change))
  }
  const child = isObject(value) ? value[token] : undefined
  if (child === undefined) throw new Error(`there is no ${token}`)
  return { ...(value as JsonObject), [token]: at(child, rest, change) }
}

const put =
  (given: Json, isReplace: boolean): Change =>
  (holder, key) => {
    if (!Array.isArray(holder)) {
      if (!isObject(holder)) throw new Error(`${key} cannot be set in a ${typeof holder}`)
      if (isReplace && holder[key] === undefined) throw new Error(`there is no ${key} to replace`)
      return { ...holder, [key]: given }
    }
    const index = key === '-' ? holder.length : Number(key)
    if (!(index >= 0 && index <= holder.length)) throw new Error(`there is no item ${key}`)
    return isReplace ? holder.with(index, given) : holder.toSpliced(index, 0, given)
  }

const remove: Change = (holder, key) => {
  if (Array.isArray(holder)) {
    if (holder[Number(key)] === undefined) throw new Error(`there is no item ${key} to remove`)
    return holder.toSpliced(Number(key), 1)
  }
  if (!isObject(holder) || holder[key] === undefined) throw new Error(`there is no ${key} to remove`)
  const { [key]: removed, ...rest } = holder
  return rest
}

const read = (value: Json, tokens: readonly string[]): Json =>
  tokens.reduce<Json>((held, token) => {
    const found = Array.isArray(held) ? held[Number(token)] : isObject(held) ? held[token] : undefined
    if (found === undefined) throw new Error(`there is no ${token}`)
    return found
  }, value)

const isEqual = (a: Json, b: Json) => JSON.stringify(a) === JSON.stringify(b)

const step = (value: Json, operation: Json): Json => {
  if (!isObject(operation) || typeof operation.path !== 'string')
    throw new Error('an operation of the patch has no path')
  const tokens = operation.path.split('/').slice(1).map(tokenText)
  const from = typeof operation.from === 'string' ? operation.from.split('/').slice(1).map(tokenText) : []
  const given = operation.value ?? null
  switch (operation.op) {
    case 'add':
      return at(value, tokens, put(given, false))
    case 'replace':
      return at(value, tokens, put(given, true))
    case 'remove':
      return at(value, tokens, remove)
    case 'copy':
      return at(value, tokens, put(read(value, from), false))
    case 'move':
      return at(at(value, from, remove), tokens, put(read(value, from), false))
    case 'test':
      if (isEqual(read(value, tokens), given)) return value
      throw new Error(`${operation.path} is not what the patch expects`)
    default:
      throw new Error(`${String(operation.op)} is no operation of a patch`)
  }
}

/** `value` after the operations of RFC 6902; throws a sentence when one cannot be done. */
export const jsonPatch = (value: Json, operations: readonly Json[]): Json => operations.reduce(step, value)
