/** A condition with one parameter; it applies only when the value is given. */
export type Condition = { readonly text: string; readonly name: string; readonly value: unknown }

/** The conditions that apply, as `AND …`, and their parameters; texts are constants, values are bound. */
export const conditions = (
  all: readonly Condition[],
): { readonly text: string; readonly params: Readonly<Record<string, unknown>> } => {
  const given = all.filter((condition) => condition.value !== undefined)
  return {
    text: given.map((condition) => `AND ${condition.text}`).join(' '),
    params: Object.fromEntries(given.map((condition) => [condition.name, condition.value])),
  }
}
