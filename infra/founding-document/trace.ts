import type { Answer, Answers } from './answer.ts'
import type { Leaf } from './flatten.ts'

/** One object of the document: its first line and every value by path. */
export type RequiredObject = {
  readonly object: string
  readonly line: number
  readonly values: Readonly<Record<string, string>>
}

/** What the document requires at one place, and what became of it. */
export type Trace = {
  readonly required: { readonly object: string; readonly line: number; readonly path: string; readonly value: string }
  /** Undefined = nothing is rendered for it. */
  readonly rendered: { readonly object: string; readonly path: string; readonly value: string } | undefined
  readonly outcome: 'same' | 'otherwise' | 'dropped' | 'unanswered'
  readonly why: string | undefined
}

/** Rendered objects by `Kind/name`, each with its values by path. */
export type Rendered = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Makes a look-up of rendered values; where a name stands twice, the first counts. */
export const renderedOf = (objects: readonly (readonly [name: string, leaves: readonly Leaf[]])[]): Rendered => {
  const found = new Map<string, ReadonlyMap<string, string>>()
  for (const [name, leaves] of objects) {
    if (!found.has(name)) found.set(name, new Map(leaves.map(({ path, value }) => [path, value])))
  }
  return found
}

/**
 * Follows everything that is required to what is rendered; `unanswered` is a fault of the table of answers: it says
 * nothing, or it says that something is dropped which is rendered.
 */
export const traces = (
  requirements: readonly RequiredObject[],
  answers: Readonly<Record<string, Answers>>,
  rendered: Rendered,
): readonly Trace[] =>
  requirements.flatMap(({ object, line, values }) =>
    Object.entries(values).map(([path, value]) =>
      trace({ object, line, path, value }, answerFor(answers[object] ?? {}, path), rendered),
    ),
  )

const answerFor = (answers: Answers, path: string): readonly [matched: string, answer: Answer] => {
  const fitting = Object.entries(answers).filter(([begin]) => isBeginning(begin, path))
  return fitting.toSorted(([a], [b]) => b.length - a.length)[0] ?? ['', {}]
}

const isBeginning = (begin: string, path: string): boolean =>
  begin === '' || path === begin || (path.startsWith(begin) && /^[.[ ]/.test(path.slice(begin.length)))

const trace = (
  required: Trace['required'],
  [matched, answer]: readonly [string, Answer],
  rendered: Rendered,
): Trace => {
  const why = answer.why
  if (answer.dropped) {
    const isRendered = rendered.get(required.object)?.get(required.path) === required.value
    const isOver = answer.until !== undefined && rendered.has(answer.until)
    return { required, rendered: undefined, outcome: isRendered || isOver ? 'unanswered' : 'dropped', why }
  }
  const object = answer.object ?? required.object
  const path = answer.path === undefined ? required.path : answer.path + required.path.slice(matched.length)
  const value = rendered.get(object)?.get(path)
  if (value === undefined) return { required, rendered: undefined, outcome: 'unanswered', why }
  const isSame = amountOf(value) === amountOf(required.value)
  const outcome = isSame ? 'same' : why === undefined ? 'unanswered' : 'otherwise'
  return { required, rendered: { object, path, value }, outcome, why: isSame ? undefined : why }
}

/** `2000m` and `2` are the same amount. */
const amountOf = (value: string): string => {
  const millis = /^(\d+)m$/.exec(value)?.[1]
  return millis === undefined ? value : String(Number(millis) / 1000)
}
