/** Structured log of a process; `fields` are merged into each line. */
export type Log = {
  readonly debug: (message: string, fields?: Fields) => void
  readonly info: (message: string, fields?: Fields) => void
  readonly warn: (message: string, fields?: Fields) => void
  readonly error: (message: string, fields?: Fields) => void
  readonly with: (fields: Fields) => Log
}
export type Fields = Readonly<Record<string, unknown>>
