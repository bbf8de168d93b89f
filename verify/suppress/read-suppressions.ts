import { lineIn } from '../load/line-of.ts'
import { parseDocument } from '../load/parse-document.ts'
import type { Json, Loaded } from '../types.ts'
import { isObject } from '../values.ts'
import { parseSuppression, type Suppressions, sortSuppressions } from './suppression.ts'

const PREFIX = 'verify.knowton.io/'

/** What an object is called in a suppression. */
export const objectName = ({
  kind,
  namespace,
  name,
}: Loaded['ref'] | { kind: string; namespace: string | undefined; name: string }) =>
  kind === 'Workflow' || kind === 'File' ? name : `${kind}/${namespace ?? ''}/${name}`

/** Suppressions in annotations: `verify.knowton.io/<rule>: "until 2027-03-31: reason"`. */
export const annotatedSuppressions = (objects: readonly Loaded[]): Suppressions =>
  sortSuppressions(
    objects.flatMap((object) =>
      Object.entries(object.manifest.metadata.annotations ?? {})
        .filter(([key]) => key.startsWith(PREFIX))
        .map(([key, value]) => {
          const [, until, reason] = /^until (\S+): ([\s\S]+)$/.exec(String(value)) ?? []
          const written = { rule: key.slice(PREFIX.length), object: objectName(object.ref), until, reason }
          return parseSuppression(written, {
            file: object.source.file,
            line: object.lineOf(`metadata.annotations.${key}`),
          })
        }),
    ),
  )

const entriesOf = (value: Json): readonly Json[] | undefined => {
  if (value === null) return []
  return Array.isArray(value) ? value : undefined
}

/** Suppressions in a file: a list of `{ rule, object, path?, until, reason }`. */
export const fileSuppressions = (text: string, file: string): Suppressions => {
  const { value, faults, located } = parseDocument({ text, line: 1 })
  const entries = faults.length > 0 ? undefined : entriesOf(value)
  if (entries === undefined) {
    const says = `Nothing is suppressed: this is not a list of suppressions${faults[0] === undefined ? '' : ` (${faults[0].says})`}.`
    return { valid: [], invalid: [{ source: { file, line: faults[0]?.line ?? 1 }, object: file, says }] }
  }
  const { value: found, lines } = located()
  return sortSuppressions(
    entries.map((entry, index) => {
      const { rule, object, path, until, reason } = isObject(entry) ? entry : {}
      return parseSuppression(
        { rule, object, path, until, reason },
        { file, line: lineIn(found, lines, `[${index}]`, 1) },
      )
    }),
  )
}
