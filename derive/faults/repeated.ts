/** The groups of `items` that share what `by` says, with what they share. */
export const repeated = <T>(
  items: readonly T[],
  by: (item: T) => string,
): readonly { readonly shared: string; readonly items: readonly T[] }[] =>
  [...Map.groupBy(items, by)]
    .filter(([, group]) => group.length > 1)
    .map(([shared, group]) => ({ shared, items: group }))

/** `"a", "b" and "c"`. */
export const listed = (names: readonly string[]): string => {
  const quoted = names.map((name) => `"${name}"`)
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`
}
