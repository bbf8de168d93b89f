import { Fault } from '@knowton/core'
import pg from 'pg'

/** SQLSTATE classes and codes that pass by themselves: connection lost, server starting or stopping, out of connections. */
const UNREACHABLE = /^(08|53|57P0[1-5])/
/** Two transactions got in each other's way: serialisation failure, deadlock, lock not available. */
const CONFLICT = /^(40001|40P01|55P03)$/
/** Text that PostgreSQL cannot store: invalid byte sequence, untranslatable `\u0000`. */
const TEXT = /^(22021|22P05)$/

/**
 * What went wrong, by SQLSTATE and never by message: `postgres.unreachable` and `postgres.conflict` (retry later),
 * `postgres.text`, or `postgres.<SQLSTATE>`. Faults and errors of the caller's own code pass unchanged.
 */
export const toPostgresFault = (error: unknown): unknown => {
  if (error instanceof Fault) return error
  if (error instanceof pg.DatabaseError) return ofSqlState(error, error.code ?? 'unknown')
  if (isConnectionError(error)) {
    return new Fault('postgres.unreachable', 'The database does not answer.', { retry: 'later', cause: error })
  }
  return error
}

const ofSqlState = (error: Error, sqlState: string): Fault => {
  const because = (code: string, says: string, retry: 'later' | 'never') =>
    new Fault(code, says, { retry, cause: error })
  if (UNREACHABLE.test(sqlState)) return because('postgres.unreachable', 'The database does not answer.', 'later')
  if (CONFLICT.test(sqlState)) return because('postgres.conflict', 'Another transaction was in the way.', 'later')
  if (TEXT.test(sqlState)) return because('postgres.text', 'The text holds characters that cannot be stored.', 'never')
  return because(`postgres.${sqlState}`, error.message, 'never')
}

/** pg reports a lost connection as a plain Error or a system error; mistakes in values are TypeErrors and the like. */
const isConnectionError = (error: unknown): boolean =>
  error instanceof Error && (error.constructor === Error || error instanceof AggregateError || 'syscall' in error)
