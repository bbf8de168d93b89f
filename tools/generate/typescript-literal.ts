/** Writes JSON data as a TypeScript literal on one line, keys bare where they may be. */
export const typescriptLiteral = (value: unknown): string => {
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
  if (Array.isArray(value)) return `[${value.map(typescriptLiteral).join(', ')}]`
  if (value === null || typeof value !== 'object') return String(value)
  const fields = Object.entries(value).map(([key, field]) => `${propertyName(key)}: ${typescriptLiteral(field)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

/** Only in brackets is `__proto__` a key like any other. */
const propertyName = (key: string): string => {
  if (key === '__proto__') return `['__proto__']`
  return /^[A-Za-z_]\w*$/.test(key) ? key : typescriptLiteral(key)
}
