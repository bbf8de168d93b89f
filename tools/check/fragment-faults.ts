import { basename, dirname, join, normalize } from 'node:path'
import { importsOf, type Source } from './layer-faults.ts'

/** A file of fewer lines that only one other imports belongs in that one. */
const MIN_LINES = 25

/** Files that stand alone however small they are, because something else finds them by their place or their name. */
const exempt: readonly { readonly path: RegExp; readonly why: string }[] = [
  { path: /\/(routes|consumers|jobs|queries)\//, why: 'each declared thing has its own file, named for it' },
  { path: /^verify\/rules\//, why: 'a rule has its own file, named for it' },
  { path: /^derive\/kubernetes\/systems\/[^/]+\//, why: 'every system has the same parts under the same names' },
  { path: /^derive\/terraform\/[^/]+\//, why: 'every cloud has the same parts under the same names' },
  { path: /\/migrations\//, why: 'a migration is found by its number' },
  {
    path: /(^|\/)(index|main|implementation|ports)\.ts$/,
    why: 'a front door, a program, a composition and what it is made of',
  },
  { path: /\.gen\.ts$/, why: 'it is generated' },
]

/**
 * Sentences about files that are too small to be read alone and have one importer; tests do not count as importers,
 * except those of tests/, which are what that folder is for.
 * What has a test of its own, goes through a front door or is loaded only when needed stands alone.
 */
export const fragmentFaults = (sources: readonly Source[]): readonly string[] => {
  const importers = importersOf(sources)
  const paths = new Set(sources.map(({ path }) => path))
  return sources
    .filter(({ path }) => !isTest(path))
    .filter(({ path }) => !exempt.some((one) => one.path.test(path)) && !hasTest(path, paths))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1, by: importers.get(path) ?? [] }))
    .filter(({ lines, by }) => lines < MIN_LINES && by.length === 1)
    .map(({ path, lines, by }) => `${path}: ${lines} lines that only ${by[0]} imports; they belong there`)
}

const isTest = (path: string): boolean => /\.test(-d)?\.ts$|\.bench\.ts$|(^|\/)testing\//.test(path)

const hasTest = (path: string, paths: ReadonlySet<string>): boolean =>
  ['.test.ts', '.stores.test.ts', '.test-d.ts'].some((ending) => paths.has(path.replace(/\.ts$/, ending)))

/** By path; a front door and a load by need count twice, since they are a reason to stand alone. */
const importersOf = (sources: readonly Source[]): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>()
  for (const { path, text } of sources.filter((source) => source.path.startsWith('tests/') || !isTest(source.path))) {
    for (const module of new Set(importsOf(text).filter((name) => name.startsWith('.')))) {
      const target = normalize(join(dirname(path), module))
      const isReason = basename(path) === 'index.ts' || text.includes(`import('${module}')`)
      found.set(target, [...(found.get(target) ?? []), ...(isReason ? [path, path] : [path])])
    }
  }
  return found
}
