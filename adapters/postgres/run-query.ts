import { Fault } from '@knowton/core'
import pg from 'pg'
import { toPostgresFault } from './postgres-fault.ts'

type Queryable = { readonly query: (config: pg.QueryConfig) => Promise<pg.QueryResult> }

/**
 * Runs `text`. With `values` (even none) it is prepared once per connection and reused; without, it may hold several
 * statements. Throws what `toPostgresFault` says.
 */
export const runQuery = async <Row extends object>(
  on: Queryable,
  text: string,
  values?: readonly unknown[],
): Promise<readonly Row[]> => {
  try {
    const result = await on.query(toQueryConfig(text, values))
    return result.rows as Row[]
  } catch (error) {
    if (isStalePlan(error)) {
      forgetStatement(text)
      throw new Fault('postgres.conflict', 'The schema changed under a statement.', { retry: 'later', cause: error })
    }
    throw toPostgresFault(error)
  }
}

/** "cached plan must not change result type": a schema change made a prepared statement answer with other columns. */
const isStalePlan = (error: unknown) => error instanceof pg.DatabaseError && error.code === '0A000'

const toQueryConfig = (text: string, values: readonly unknown[] | undefined): pg.QueryConfig => {
  if (values === undefined) return { text }
  const name = statementName(text)
  return name === undefined ? { text, values: [...values] } : { name, text, values: [...values] }
}

/** No connection holds more prepared statements than this; the text of further ones is sent each time. */
const MAX_STATEMENTS = 500

const names = new Map<string, string>()
let made = 0

/** The name under which connections keep `text` prepared; undefined when too many are. */
const statementName = (text: string): string | undefined => {
  const known = names.get(text)
  if (known !== undefined || names.size >= MAX_STATEMENTS) return known
  made += 1
  const name = `s${made}`
  names.set(text, name)
  return name
}

/** Gives `text` a new name next time: the schema under the old one has changed. */
const forgetStatement = (text: string): void => {
  names.delete(text)
}
