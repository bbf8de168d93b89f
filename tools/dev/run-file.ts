import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Fault } from '@knowton/core'
import { type RunRecord, runRecord } from '@knowton/derive'
import { lockHolder } from '../supervisor/lock.ts'
import { devEnvironment } from './environment.ts'
import { homeAt } from './home.ts'

/** The platform that runs from the home `root` now; undefined when none does. */
export const findRun = (root: string = devEnvironment().home): RunRecord | undefined => {
  const home = homeAt(root)
  if (lockHolder(home.lock) === undefined) return undefined
  try {
    return runRecord.decode(JSON.parse(readFileSync(home.run, 'utf8')))
  } catch {
    return undefined
  }
}

/** Like `findRun`, for tools that can do nothing without a platform: a fault says how to start it. */
export const readRun = (root: string = devEnvironment().home): RunRecord => {
  const run = findRun(root)
  if (run === undefined) throw new Fault('dev.stopped', `KnowTon does not run from ${root}. Start it with: npm start`)
  return run
}

/** Publishes what runs where, whole or not at all, to this user only: it holds the databases' passwords. */
export const writeRun = (file: string, run: RunRecord): void => {
  writeFileSync(`${file}.new`, `${JSON.stringify(runRecord.encode(run), undefined, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Takes it back when nothing runs any more. */
export const removeRun = (file: string): void => rmSync(file, { force: true })
