import { dirname, join, normalize } from 'node:path'
import { environmentReaders, guests, layers, testLayers } from './layers.ts'

/** A source file: its path from the root and its text. */
export type Source = { readonly path: string; readonly text: string }

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g

/** The modules that `text` imports, re-exports or loads, in order of appearance. */
export const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(importPattern)].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? [])

/** Sentences about every import that the layer table, the guest list or the rule against rings forbids; empty when sound. */
export const layerFaults = (sources: readonly Source[]): readonly string[] => [
  ...sources.flatMap((source) => [...importFaults(source), ...environmentFaults(source)]),
  ...ringFaults(sources),
]

const isTest = (path: string) =>
  /\.(stores\.|journey\.)?test\.ts$|\.test-d\.ts$|\.bench\.ts$|(^|\/)testing\//.test(path)

/** `services/x` counts as a package of its own: services are blind to their peers. */
const packageOf = (path: string): string => {
  const [top = '', second = ''] = path.split('/')
  return top === 'services' ? `services/${second}` : top
}

const importFaults = (source: Source): readonly string[] => {
  const own = packageOf(source.path)
  const folder = own.split('/')[0] ?? ''
  if (!(folder in layers)) return [`${source.path}: folder "${folder}" has no row in tools/check/layers.ts`]
  const ofTests = isTest(source.path) ? (testLayers[folder] ?? []) : []
  const allowed: readonly string[] = [...layers[folder as keyof typeof layers], ...ofTests]
  return importsOf(source.text).flatMap((module) => {
    if (module.startsWith('.')) {
      const target = packageOf(normalize(join(dirname(source.path), module)))
      return target === own ? [] : [`${source.path}: reaches into "${target}" by a relative path; use its front door`]
    }
    if (!module.startsWith('@knowton/')) return guestFaults(source, module)
    const name = module.split('/')[1] ?? ''
    const target = name in layers ? name : `services/${name}`
    if (target === own) return [`${source.path}: imports its own package by name; use a relative path`]
    return allowed.includes(target) ? [] : [`${source.path}: "${folder}" may not import "${target}"`]
  })
}

const guestFaults = (source: Source, module: string): readonly string[] =>
  isTest(source.path)
    ? []
    : guests
        .filter((guest) => guest.module.test(module) && !guest.home.some((home) => source.path.startsWith(home)))
        .map((guest) => `${source.path}: "${module}" lives only in ${guest.home.join(', ')}: ${guest.why}`)

const environmentFaults = (source: Source): readonly string[] =>
  !source.text.includes('process.env') ||
  isTest(source.path) ||
  source.path.startsWith('tools/check/') ||
  environmentReaders.some((reader) => source.path.startsWith(reader))
    ? []
    : [`${source.path}: reads process.env; only ${environmentReaders.join(', ')} may`]

/** Rings of files inside one package, type imports included. */
const ringFaults = (sources: readonly Source[]): readonly string[] => {
  const known = new Set(sources.map((source) => source.path))
  const edges = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source.text)
        .filter((module) => module.startsWith('.'))
        .map((module) => normalize(join(dirname(source.path), module)))
        .filter((path) => known.has(path)),
    ]),
  )
  const done = new Set<string>()
  const rings: string[] = []
  const visit = (path: string, trail: readonly string[]) => {
    if (trail.includes(path)) {
      rings.push(`${[...trail.slice(trail.indexOf(path)), path].join(' → ')}: files import each other in a ring`)
      return
    }
    if (done.has(path)) return
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const path of edges.keys()) visit(path, [])
  return rings
}
