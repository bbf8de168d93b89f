import type { Sql } from '../stores.ts'

/**
 * Forgets how far every publisher's log was read, so that this service hears all of it again from the beginning. For a
 * service whose effects lie in another store that was lost; whatever they left in the database of `tx` must bear it.
 */
export const rewind = async (tx: Sql): Promise<void> => {
  await tx.query('DELETE FROM events.parked')
  await tx.query('DELETE FROM events.inbox')
  await tx.query('DELETE FROM events.position')
}
