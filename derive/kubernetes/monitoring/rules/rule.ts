import type { Severity } from '@knowton/core'

/** Series of a test by their values, one a minute: `up{job="kong"}` → `1+0x10 0+0x10`. */
export type Series = Readonly<Record<string, string>>

/** What shows that an alert fires when it should and is quiet when it should not. */
export type AlertTest = {
  readonly fires: Series
  readonly quiet: Series
  /** The labels that the alert has then, beside its severity. */
  readonly labels: Readonly<Record<string, string>>
  /** When it is looked at; a quarter of an hour after `forMinutes` when left out, so that every rate has its samples. */
  readonly atMinute?: number
}

/** Something that somebody has to look at. */
export type Alert = {
  readonly kind: 'alert'
  readonly name: string
  readonly expr: string
  readonly forMinutes: number
  readonly severity: Severity
  /** What is wrong, in one sentence; `{{ $labels.pod }}` is the label of that name. */
  readonly says: string
  /** What to do, in one sentence. */
  readonly fix: string
  readonly test: AlertTest
}

/** An expression that is computed once, for alerts and dashboards to read. */
export type Recording = {
  readonly kind: 'recording'
  readonly record: string
  readonly expr: string
  /** What tells it from others of the same name. */
  readonly labels: Readonly<Record<string, string>>
}

/** Rules that are evaluated together, in order. */
export type RuleGroup = { readonly name: string; readonly rules: readonly (Alert | Recording)[] }

/** An alert by its name. */
export const alert = (name: string, rest: Omit<Alert, 'kind' | 'name'>): Alert => ({ kind: 'alert', name, ...rest })

/** A recording rule. */
export const recording = (record: string, expr: string, labels: Readonly<Record<string, string>> = {}): Recording => ({
  kind: 'recording',
  record,
  expr,
  labels,
})

/** A selector's set of values: `a|b`, each taken literally. */
export const oneOf = (values: readonly string[]): string =>
  values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\\$&`)).join('|')
