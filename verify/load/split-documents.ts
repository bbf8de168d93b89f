/** One document of a file; `line` is where its text begins, from 1. */
export type DocumentText = { readonly text: string; readonly line: number }

const MARKER = /^(?:---(?=[ \t\r\n]|$)|\.\.\.[ \t]*\r?$)/gm

/** Cuts a file at its document markers, which nothing else in YAML can hold at the start of a line. */
export const splitDocuments = (text: string, firstLine = 1): readonly DocumentText[] => {
  if (/^%/m.test(text)) return [{ text, line: firstLine }]
  const cuts = [...text.matchAll(MARKER)].map((match) => ({
    ends: match.index,
    begins: match.index + match[0].length,
  }))
  let line = firstLine
  let counted = 0
  return [{ ends: 0, begins: 0 }, ...cuts].flatMap(({ begins }, index) => {
    const part = text.slice(begins, cuts[index]?.ends ?? text.length)
    for (let at = text.indexOf('\n', counted); at !== -1 && at < begins; at = text.indexOf('\n', at + 1)) line += 1
    counted = begins
    return part.trim() === '' ? [] : [{ text: part, line }]
  })
}
