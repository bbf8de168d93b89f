import type { Source } from '../types.ts'

/** A finding that somebody has decided to live with until a day. */
export type Suppression = {
  readonly rule: string
  /** `Kind/namespace/name`, with nothing between the slashes for kinds of the whole cluster; or a workflow's or file's name. */
  readonly object: string
  /** Of the finding, or of something that holds it; undefined = anywhere in the object. */
  readonly path: string | undefined
  /** The last day on which it counts. */
  readonly until: Date
  readonly reason: string
  readonly source: Source
}

/** A suppression that says too little to count. */
export type BadSuppression = { readonly source: Source; readonly object: string; readonly says: string }

export type Suppressions = { readonly valid: readonly Suppression[]; readonly invalid: readonly BadSuppression[] }

type Written = {
  readonly rule: unknown
  readonly object: unknown
  readonly path?: unknown
  readonly until: unknown
  readonly reason: unknown
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined

const dayOf = (value: unknown): Date | undefined => {
  const written = text(value)
  if (written === undefined || !/^\d{4}-\d\d-\d\d$/.test(written)) return undefined
  const day = new Date(`${written}T23:59:59Z`)
  return Number.isNaN(day.getTime()) || !day.toISOString().startsWith(written) ? undefined : day
}

/** Reads one suppression; without a rule, object, day and reason it is a bad one. */
export const parseSuppression = (written: Written, source: Source): Suppression | BadSuppression => {
  const [rule, object, reason] = [text(written.rule), text(written.object), text(written.reason)]
  const until = dayOf(written.until)
  if (rule !== undefined && object !== undefined && reason !== undefined && until !== undefined)
    return { rule, object, path: text(written.path), until, reason, source }
  const missing = [
    ...(rule === undefined ? ['the rule'] : []),
    ...(object === undefined ? ['the object'] : []),
    ...(until === undefined ? ['the day it ends on (2027-03-31)'] : []),
    ...(reason === undefined ? ['the reason'] : []),
  ]
  return {
    source,
    object: object ?? source.file,
    says: `This suppression does not say ${missing.join(' or ')}, so it suppresses nothing.`,
  }
}

/** Sorts what was read into those that count and those that do not. */
export const sortSuppressions = (read: readonly (Suppression | BadSuppression)[]): Suppressions => ({
  valid: read.filter((one): one is Suppression => 'rule' in one),
  invalid: read.filter((one): one is BadSuppression => 'says' in one),
})
