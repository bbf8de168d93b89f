import { loadText } from './load-text.ts'
import { joinLoadings, type Loading } from './loading.ts'

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
