/** How many letters must be added, left out, replaced or swapped with the next to make one word of the other. */
const distance = (a: string, b: string): number => {
  const row = Array.from({ length: b.length + 1 }, (_, index) => index)
  let before: readonly number[] = row
  let beforeThat: readonly number[] = []
  for (let i = 1; i <= a.length; i += 1) {
    const now = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwap ? (beforeThat[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY
      now[j] = Math.min((before[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, replaced, swapped)
    }
    beforeThat = before
    before = now
  }
  return before[b.length] ?? 0
}

/** The word of `choices` that was probably meant, if one is near enough. */
export const nearest = (word: string, choices: readonly string[]): string | undefined => {
  const folded = word.toLowerCase()
  const ranked = choices
    .map((choice) => ({ choice, far: distance(folded, choice.toLowerCase()) }))
    .toSorted((a, b) => a.far - b.far)
  const best = ranked[0]
  const limit = word.length <= 3 ? 1 : word.length <= 8 ? 2 : 3
  if (best !== undefined && best.far <= limit) return best.choice
  return choices.find((choice) => folded.length >= 6 && choice.toLowerCase().endsWith(folded))
}
