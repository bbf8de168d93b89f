/** No connection holds more prepared statements than this; the text of further ones is sent each time. */
const MAX_STATEMENTS = 500

const names = new Map<string, string>()
let made = 0

/** The name under which connections keep `text` prepared; undefined when too many are. */
export const statementName = (text: string): string | undefined => {
  const known = names.get(text)
  if (known !== undefined || names.size >= MAX_STATEMENTS) return known
  made += 1
  const name = `s${made}`
  names.set(text, name)
  return name
}

/** Gives `text` a new name next time: the schema under the old one has changed. */
export const forgetStatement = (text: string): void => {
  names.delete(text)
}
