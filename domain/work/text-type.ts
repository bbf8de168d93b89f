/** The media type of a text, told from how it begins; `isWhole` when `start` is all of it. */
export const textTypeOf = (start: string, isWhole: boolean): string => {
  const text = start.replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('#!')) return 'text/x-script'
  if (/^<\?php\b/i.test(text)) return 'text/x-source'
  const markup = markupTypeOf(text)
  if (markup !== undefined) return markup
  if (/^\{\\rtf1/.test(text)) return 'application/rtf'
  if (isWhole && /^[[{]/.test(text) && isJson(text)) return 'application/json'
  return looksLikeSource(text) ? 'text/x-source' : 'text/plain'
}

const markupTypeOf = (text: string): string | undefined => {
  const body = text.replace(/^(\s|<\?xml[^>]{0,500}\?>|<!--[\s\S]{0,5000}?-->)+/, '')
  if (/^(<!doctype svg\b[^>]{0,500}>\s*)?<svg[\s>]/i.test(body)) return 'image/svg+xml'
  if (/^<(!doctype html|html|head|body|script|iframe|style|title|h1|table)\b/i.test(body)) return 'text/html'
  return body !== text && /^<\?xml/.test(text) ? 'application/xml' : undefined
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Lines that only programs have, at the left margin: an import, or the head of a function, a type or a contract. */
const structures: readonly RegExp[] = [
  /^#include\s*[<"]/,
  /^(import|export)\s.*(from\s+)?['"][^'"]+['"];?$/,
  /^(from\s+[\w.]+\s+)?import\s+[\w.*]+(\s+as\s+\w+)?(,\s*\w+)*;?$/,
  /^(package|use|using|namespace|pragma)\s+[\w.:{}*,^<>= ]+;$/,
  /^(export\s+)?(default\s+)?(async\s+)?(function|class|interface|enum|struct|trait|impl|contract|library)\s+\w+.*[{(]$/,
  /^(export\s+)?(const|let|var)\s+\w+.*=.*[{[(;'"\d]$/,
  /^(async\s+)?(def|class)\s+\w+.*:$/,
  /^(pub\s+)?(fn|func|mod)\s+.*\{$/,
  /^(public|private|protected|static|final|abstract)\s+.*[{;]$/,
  /^(int|void|char|double|float|bool|unsigned|static)\s+\*?\w+\s*\(.*\)\s*\{?$/,
  /^(CREATE|ALTER)\s+(TABLE|INDEX|FUNCTION|VIEW)\s.*[(;]?$/i,
]

/** Prose can hold one such line; programs hold several. */
const ENOUGH = 2

const looksLikeSource = (text: string): boolean => {
  let found = 0
  for (const line of text.split('\n', 2_000)) {
    const trimmed = line.trimEnd()
    if (trimmed.length > 0 && trimmed.length < 300 && structures.some((structure) => structure.test(trimmed)))
      found += 1
    if (found === ENOUGH) return true
  }
  return false
}
