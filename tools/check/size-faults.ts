import type { Source } from './layer-faults.ts'

/** No hand-written source file is longer than this. */
export const MAX_LINES = 400

/** Sentences about files that are too long; generated ones say so in their first line and are exempt. */
export const sizeFaults = (sources: readonly Source[]): readonly string[] =>
  sources
    .filter((source) => !/^(\/\/|\/\*)[^\n]*generated/i.test(source.text))
    .map((source) => ({ path: source.path, lines: source.text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path}: ${lines} lines; split it (at most ${MAX_LINES})`)
