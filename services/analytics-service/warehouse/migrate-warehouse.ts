import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Fault } from '@knowton/core'
import type { Warehouse } from '@knowton/kit'

type Step = { readonly version: number; readonly name: string; readonly text: string; readonly checksum: string }

/** ClickHouse has no transactional DDL: every statement of a step can run again after a crash half way. */
const createLedger =
  'CREATE TABLE IF NOT EXISTS applied_steps (version UInt32, name String, checksum String) ' +
  'ENGINE = ReplacingMergeTree ORDER BY version'

/** Statements end with a semicolon at the end of a line; lines of comment belong to no statement. */
export const statementsOf = (text: string): readonly string[] =>
  text
    .replaceAll(/^\s*--.*$/gm, '')
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')

const readSteps = async (folder: URL): Promise<readonly Step[]> => {
  const names = (await readdir(folder)).filter((name) => /^\d{3}-[a-z0-9-]+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8')
      const checksum = createHash('sha256').update(text).digest('hex')
      return { version: Number(name.slice(0, 3)), name, text, checksum }
    }),
  )
}

/** Brings the tables up to date: runs each `NNN-name.sql` of `folder` once, in order; a file that changed after it ran is a fault. */
export const migrateWarehouse = async (warehouse: Warehouse, folder: URL): Promise<void> => {
  await warehouse.command(createLedger)
  const rows = await warehouse.query<{ version: number; checksum: string }>(
    'SELECT version, checksum FROM applied_steps FINAL',
  )
  const applied = new Map(rows.map((row) => [row.version, row.checksum]))
  for (const step of await readSteps(folder)) {
    const checksum = applied.get(step.version)
    if (checksum === step.checksum) continue
    if (checksum !== undefined) {
      throw new Fault('warehouse.step-changed', `${step.name} has changed since it ran; add a new step instead.`)
    }
    for (const statement of statementsOf(step.text)) await warehouse.command(statement)
    await warehouse.insert('applied_steps', [{ version: step.version, name: step.name, checksum: step.checksum }])
  }
}
