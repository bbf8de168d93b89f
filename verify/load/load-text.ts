import type { Json, JsonObject, Source } from '../types.ts'
import { isObject } from '../values.ts'
import { lineIn } from './line-of.ts'
import { fileFinding, joinLoadings, type Loading, nothingLoaded } from './loading.ts'
import { nodePoolsIn } from './node-pools.ts'
import { parseDocument } from './parse-document.ts'
import { type DocumentText, splitDocuments } from './split-documents.ts'
import { isManifest, toLoaded } from './to-loaded.ts'

type Located = { readonly source: Source; readonly lineOf: (path: string) => number }

const isList = (content: JsonObject): boolean =>
  typeof content.kind === 'string' && content.kind.endsWith('List') && Array.isArray(content.items)

const skipped = (source: Source, says: string, fix: string): Loading => ({
  ...nothingLoaded,
  findings: [fileFinding('document-skipped', source, says, fix)],
})

const foreign = (source: Source): Loading =>
  skipped(
    source,
    'This document is neither a Kubernetes object (apiVersion and kind) nor a workflow, so nothing in it is judged.',
    'Nothing, if it is meant for another program; else add apiVersion and kind.',
  )

const listItems = (content: JsonObject, { source, lineOf }: Located): Loading => {
  const items = Array.isArray(content.items) ? content.items : []
  return joinLoadings(
    items.map((item: Json, index) =>
      ofValue(item, {
        source: { file: source.file, line: lineOf(`items[${index}]`) },
        lineOf: (path) => lineOf(`items[${index}].${path}`),
      }),
    ),
  )
}

const ofValue = (value: Json, located: Located): Loading => {
  if (value === null) return nothingLoaded
  if (isManifest(value)) {
    if (isList(value)) return listItems(value, located)
    return { ...nothingLoaded, objects: [toLoaded(value, located.source, located.lineOf)] }
  }
  if (isObject(value) && isObject(value.jobs) && (value.on ?? value.true) !== undefined) {
    const name = typeof value.name === 'string' ? value.name : located.source.file
    return { ...nothingLoaded, workflows: [{ name, content: value, ...located }] }
  }
  const pools = isObject(value) ? nodePoolsIn(value) : undefined
  return pools === undefined ? foreign(located.source) : { ...nothingLoaded, pools }
}

/** The line of the first thing in a document that is no comment. */
const firstLineOf = ({ text, line }: DocumentText): number => {
  const start = text.search(/^[ \t]*[^\s#]/m)
  if (start === -1) return line
  let first = line
  for (let at = text.indexOf('\n'); at !== -1 && at < start; at = text.indexOf('\n', at + 1)) first += 1
  return first
}

const ofDocument = (document: DocumentText, file: string): Loading => {
  const { value, faults, located } = parseDocument(document)
  if (faults.length > 0 && /\{\{/.test(document.text))
    return skipped(
      { file, line: document.line },
      'This document is a template and no YAML yet, so nothing in it is judged.',
      'Judge what the template renders: helm template … | npm run verify -- -',
    )
  if (faults.length > 0) {
    const findings = faults.map(({ line, says }) =>
      fileFinding(
        'yaml-invalid',
        { file, line },
        `This is not valid YAML, kubectl refuses the whole file: ${says}.`,
        'Write the line as YAML.',
      ),
    )
    return { ...nothingLoaded, findings }
  }
  const lineOf = (path: string) => {
    const { value: found, lines } = located()
    return lineIn(found, lines, path, firstLine)
  }
  const firstLine = firstLineOf(document)
  return ofValue(value, { source: { file, line: firstLine }, lineOf })
}

/** Reads every document of a text. `line` is that of the text's first line in its file. */
export const loadText = (text: string, file: string, line = 1): Loading =>
  joinLoadings(splitDocuments(text, line).map((document) => ofDocument(document, file)))

const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*ya?ml\b[^\n]*\n([\s\S]*?)^\1\2[ \t]*$/gim

/** Reads every YAML block of a Markdown text. */
export const loadMarkdown = (text: string, file: string): Loading =>
  joinLoadings(
    [...text.matchAll(FENCE)].map(({ index, 1: indent = '', 3: content = '' }) => {
      const firstLine = text.slice(0, index).split('\n').length + 1
      const block = indent === '' ? content : content.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
      return loadText(block, file, firstLine)
    }),
  )
