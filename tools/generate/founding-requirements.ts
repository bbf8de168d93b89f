import { flatten } from '@knowton/infra/founding-document'
import { parseAllDocuments } from 'yaml'

/** What the YAML blocks of `markdown` require, as the text of `requirements.json`: per object its line and each value by path. */
export const extractRequirements = (markdown: string): string => {
  const objects = [...markdown.matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap((block) => {
    const firstLine = markdown.slice(0, block.index).split('\n').length + 1
    const text = block[1] ?? ''
    return parseAllDocuments(text)
      .filter((document) => document.contents !== null)
      .map((document) => {
        const content = document.toJS()
        const line = firstLine + text.slice(0, document.contents?.range?.[0] ?? 0).split('\n').length - 1
        return { object: nameOf(content), line, values: valuesOf(content) }
      })
  })
  return `${JSON.stringify(objects, undefined, 1)}\n`
}

const nameOf = (content: {
  readonly kind?: string
  readonly metadata?: { readonly name: string }
  readonly name?: string
}) =>
  content.kind === undefined
    ? content.name === undefined
      ? (Object.keys(content)[0] ?? '')
      : `Workflow/${content.name}`
    : `${content.kind}/${content.metadata?.name}`

const valuesOf = (content: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(flatten(content).map(({ path, value }) => [path, value]))
