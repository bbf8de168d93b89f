import type { Json } from '../types.ts'
import type { Lines } from './parse-any-yaml.ts'

/** The steps of a path: `spec.containers[0].image`, and `metadata.annotations["a.b/c"]` for keys with dots. */
export const pathSteps = (path: string): readonly (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, quoted, key]) =>
    index !== undefined ? Number(index) : (quoted ?? key ?? ''),
  )

const child = (value: Json, step: string | number): Json | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined
  return (value as Readonly<Record<string, Json | undefined>>)[step]
}

/** Keys may hold dots (`kubernetes.io/metadata.name`), so the longest run of steps that names a key is taken. */
const stepInto = (value: Json, steps: readonly (string | number)[]) => {
  for (let taken = steps.length; taken > 0; taken -= 1) {
    const key = taken === 1 ? steps[0] : steps.slice(0, taken).join('.')
    const found = key === undefined ? undefined : child(value, key)
    if (key !== undefined && found !== undefined) return { key, found, rest: steps.slice(taken) }
  }
  return undefined
}

/** The line of the value at `path`, or of the nearest part of it that is there. */
export const lineIn = (value: Json, lines: Lines, path: string, fallback: number): number => {
  let at: Json = value
  let line = fallback
  let steps = pathSteps(path)
  while (steps.length > 0) {
    const step = stepInto(at, steps)
    if (step === undefined) return line
    if (typeof at === 'object' && at !== null) line = lines.get(at)?.[step.key] ?? line
    at = step.found
    steps = step.rest
  }
  return line
}
