import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a scaffold does to the repository: files that it makes, and how it changes those that are there. */
export type Change = {
  /** Text by path. */
  readonly created: Readonly<Record<string, string>>
  /** By path: from the text that is there to the text that shall be. */
  readonly edited: Readonly<Record<string, (text: string) => string>>
  /** What is left to its author. */
  readonly next: readonly string[]
}

/** The words of the command line cannot be carried out; the message says why and what to do. */
export class WrongWords extends Error {}

/** Changes the repository at `root`; throws WrongWords, with nothing written, when a file to be made is there already. */
export const apply = (root: string, { created, edited }: Change): readonly string[] => {
  const texts = new Map(Object.entries(edited).map(([path, edit]) => [path, edit(read(root, path))]))
  for (const path of Object.keys(created)) {
    if (isThere(root, path)) throw new WrongWords(`${path} is there already: choose another name.`)
  }
  for (const [path, text] of [...texts, ...Object.entries(created)]) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return [...Object.keys(created), ...texts.keys()]
}

/** `text` with `addition` right after the first place where `anchor` stands; throws an Error when it stands nowhere. */
export const insertAfter =
  (anchor: string, addition: string) =>
  (text: string): string => {
    const at = text.indexOf(anchor)
    if (at === -1) throw new Error(`There is no ${JSON.stringify(anchor)} to add ${JSON.stringify(addition)} after.`)
    return text.slice(0, at + anchor.length) + addition + text.slice(at + anchor.length)
  }

/** `text` with `addition` right before the first place where `anchor` stands; throws an Error when it stands nowhere. */
export const insertBefore =
  (anchor: string, addition: string) =>
  (text: string): string => {
    const at = text.indexOf(anchor)
    if (at === -1) throw new Error(`There is no ${JSON.stringify(anchor)} to add ${JSON.stringify(addition)} before.`)
    return text.slice(0, at) + addition + text.slice(at)
  }

/** One edit after the other. */
export const both =
  (...edits: readonly ((text: string) => string)[]) =>
  (text: string): string =>
    edits.reduce((edited, edit) => edit(edited), text)

/** `import …` as the first line; the formatter puts it where it belongs. */
export const importing = (line: string) => (text: string) => `${line}\n${text}`

/** `order-noted` → `orderNoted`. */
export const camel = (name: string): string =>
  name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** The text of `templates/<file>.txt` for `order-noted`: `__key__` is `orderNoted`, `__Title__` is `OrderNoted`. */
export const template = (file: string, name: string): string =>
  readFileSync(join(import.meta.dirname, 'templates', `${file}.txt`), 'utf8')
    .replaceAll('__name__', name)
    .replaceAll('__key__', camel(name))
    .replaceAll('__Title__', camel(`-${name}`))

/** Throws WrongWords unless `name` is words of lower-case letters and digits joined by dashes. */
export const kebab = (name: string | undefined, what: string): string => {
  if (name !== undefined && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return name
  throw new WrongWords(`${what} is written in lower case with dashes, like "order-noted"; "${name ?? ''}" is not.`)
}

export const isThere = (root: string, path: string): boolean => {
  try {
    read(root, path)
    return true
  } catch {
    return false
  }
}

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8')
