/**
 * Where in `value` there is text that PostgreSQL cannot store, NUL or half a surrogate pair, as `.a.0.b`; undefined
 * when nowhere. Walks without recursion: a hostile body may be nested thousands deep.
 */
export const unstorableAt = (value: unknown): string | undefined => {
  if (typeof value === 'string') return isStorable(value) ? undefined : ''
  if (typeof value !== 'object' || value === null) return undefined
  const open: { readonly node: object; readonly path: string }[] = [{ node: value, path: '' }]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [name, child] of Object.entries(at.node)) {
      if (!isStorable(name)) return at.path
      if (typeof child === 'string') {
        if (!isStorable(child)) return `${at.path}.${name}`
      } else if (typeof child === 'object' && child !== null) {
        open.push({ node: child, path: `${at.path}.${name}` })
      }
    }
  }
  return undefined
}

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
