/** The facts of one subject as text: amounts in decimal, absent values as `none`. */
export type Entry = Readonly<Record<string, string>>

/** One side's account of something: entries by subject. */
export type Ledger = ReadonlyMap<string, Entry>

/** One place where two accounts disagree. */
export type Difference = {
  readonly subject: string
  readonly field: string
  readonly expected: string
  readonly found: string
}

/** Two accounts of the same thing: what the chain says, and what someone else says. */
export type Check = {
  /** Stable, e.g. `analytics.volume`. */
  readonly name: string
  readonly says: string
  readonly expected: Ledger
  readonly found: Ledger
}

export type Outcome = {
  readonly name: string
  readonly says: string
  readonly compared: number
  readonly differences: readonly Difference[]
}

type Value = string | number | bigint | boolean | null | undefined

/** Makes an entry out of values. */
export const entry = (values: Readonly<Record<string, Value>>): Entry =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, String(value ?? 'none')]))

/** Every subject and field that the two accounts do not agree on; an entry that one side lacks is one difference. */
export const differencesOf = (expected: Ledger, found: Ledger): readonly Difference[] => {
  const subjects = [...new Set([...expected.keys(), ...found.keys()])].sort()
  return subjects.flatMap((subject): readonly Difference[] => {
    const [left, right] = [expected.get(subject), found.get(subject)]
    if (left === undefined || right === undefined) {
      const [there, missing] = ['there', 'missing'] as const
      return [{ subject, field: 'entry', expected: left ? there : missing, found: right ? there : missing }]
    }
    const fields = [...new Set([...Object.keys(left), ...Object.keys(right)])]
    return fields.flatMap((field) => {
      const [a, b] = [left[field] ?? 'none', right[field] ?? 'none']
      return a === b ? [] : [{ subject, field, expected: a, found: b }]
    })
  })
}

/** Compares the two accounts of a check. */
export const carryOut = ({ name, says, expected, found }: Check): Outcome => ({
  name,
  says,
  compared: new Set([...expected.keys(), ...found.keys()]).size,
  differences: differencesOf(expected, found),
})
