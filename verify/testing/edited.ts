/** `text` with `from` replaced once by `to`; throws where `from` is not in it, so that a test cannot edit nothing. */
export const edited = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`nothing to edit: ${JSON.stringify(from)}`)
  return text.replace(from, () => to)
}
