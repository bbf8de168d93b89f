import type { TransactionNode } from '@knowton/adapters/chain'
import type { Database, Sql } from '@knowton/kit'

/** What a killed process throws; nothing of it may be caught and carried on with. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

/** Counts the points at which a process can die, and lets it die at one of them: it then never does anything again. */
export type Fate = { readonly step: () => void; readonly steps: () => number; readonly isDead: () => boolean }

/** A process dies at its `dieAt`-th point; before the first when 0, never when there are not so many. */
export const createFate = (dieAt: number): Fate => {
  let steps = 0
  return {
    step: () => {
      if (steps === dieAt) throw new Killed()
      steps += 1
    },
    steps: () => steps,
    isDead: () => steps === dieAt,
  }
}

/** Lets the process die right before or right after `act`. */
const around = async <T>(fate: Fate, act: () => Promise<T>): Promise<T> => {
  fate.step()
  const result = await act()
  fate.step()
  return result
}

const inner = new WeakMap<Sql, Sql>()

/** The transaction that a mortal one wraps; any other is answered with itself. */
export const innerOf = (tx: Sql): Sql => inner.get(tx) ?? tx

const mortalSql = (sql: Sql, fate: Fate): Sql => {
  const mortal: Sql = { query: (text, values) => around(fate, () => sql.query(text, values)) }
  inner.set(mortal, sql)
  return mortal
}

/** A database whose user may die before and after each statement and each commit. */
export const mortalDatabase = (db: Database, fate: Fate): Database => ({
  ...mortalSql(db, fate),
  transaction: (work) => around(fate, () => db.transaction((tx) => work(mortalSql(tx, fate)))),
  listen: db.listen,
})

/** A node whose user may die before and after each question. */
export const mortalNode = (node: TransactionNode, fate: Fate): TransactionNode => ({
  call: (...asked) => around(fate, () => node.call(...asked)),
  estimateGas: (...asked) => around(fate, () => node.estimateGas(...asked)),
  transactionCount: (...asked) => around(fate, () => node.transactionCount(...asked)),
  gasPrices: (...asked) => around(fate, () => node.gasPrices(...asked)),
  hasCode: (...asked) => around(fate, () => node.hasCode(...asked)),
  send: (...asked) => around(fate, () => node.send(...asked)),
  knows: (...asked) => around(fate, () => node.knows(...asked)),
  receipt: (...asked) => around(fate, () => node.receipt(...asked)),
})
