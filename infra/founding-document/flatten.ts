import { parse } from 'yaml'

/** One value of a document: where it stands and what it is, as text. */
export type Leaf = { readonly path: string; readonly value: string }

/**
 * Every value of `content` with its path. Members of lists go by their name where they have one
 * (`containers[kong].image`), files inside a ConfigMap are opened (`data.kong.yml » services[a].url`).
 */
export const flatten = (content: unknown, path = ''): readonly Leaf[] => {
  if (Array.isArray(content))
    return content.flatMap((member, index) => flatten(member, `${path}[${memberName(member) ?? index}]`))
  if (typeof content === 'object' && content !== null)
    return Object.entries(content).flatMap(([key, value]) => flatten(value, path === '' ? key : `${path}.${key}`))
  const text = String(content)
  if (/\.ya?ml$/.test(path) && text.includes('\n')) return flatten(parse(quoted(text)), `${path} » `)
  if (/\.properties$/.test(path)) return properties(text, path)
  return [{ path: path.replace('» .', '» '), value: text.trim() }]
}

/** Go templates inside a file are values of it, not YAML. */
const quoted = (text: string): string =>
  text.replaceAll(/"?\{\{[^{}]*\}\}"?/g, (template) => JSON.stringify(template.replaceAll('"', '')))

const memberName = (member: unknown): string | undefined => {
  if (typeof member !== 'object' || member === null) return undefined
  const { name, host, job_name: job, uses } = member as Readonly<Record<string, unknown>>
  return [name, job, host, typeof uses === 'string' ? uses.split('@')[0] : undefined].find(
    (each): each is string => typeof each === 'string',
  )
}

const properties = (text: string, path: string): readonly Leaf[] =>
  text
    .split('\n')
    .filter((line) => line.includes('='))
    .map((line) => ({
      path: `${path} » ${line.slice(0, line.indexOf('='))}`,
      value: line.slice(line.indexOf('=') + 1),
    }))
