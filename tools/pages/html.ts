/** Markup that is safe to send: everything put into it was escaped. */
export type Html = { readonly html: string }

type Part = Html | readonly Html[] | string | number | undefined

/** Builds markup; strings put into it are text and are escaped. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((literal, at) => literal + markupOf(parts[at])).join(''),
})

const markupOf = (part: Part): string => {
  if (part === undefined) return ''
  if (typeof part === 'string') return escapeText(part)
  if (typeof part === 'number') return String(part)
  return 'html' in part ? part.html : part.map((one) => one.html).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeText = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
