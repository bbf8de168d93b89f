import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Fault } from '@knowton/core'
import * as z from 'zod'
import { startTimeOf } from './start-time.ts'

const holder = z.object({ pid: z.int(), startTime: z.string() })
export type LockHolder = z.output<typeof holder>

/** Who holds a lock now; undefined when nobody does or its holder is gone. */
export const lockHolder = (file: string): LockHolder | undefined => {
  try {
    const found = holder.parse(JSON.parse(readFileSync(file, 'utf8')))
    return startTimeOf(found.pid) === found.startTime ? found : undefined
  } catch {
    return undefined
  }
}

/** Takes the lock of a home for this process; a fault names the process that has it. A dead holder's lock is taken over. */
export const takeLock = (file: string): { readonly release: () => void } => {
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, JSON.stringify({ pid: process.pid, startTime: startTimeOf(process.pid) }), { mode: 0o600 })
  try {
    if (!linked(mine, file)) {
      refuseWhileHeld(file)
      renameSync(file, `${mine}.stale`)
      rmSync(`${mine}.stale`)
      if (!linked(mine, file)) refuseWhileHeld(file)
    }
  } finally {
    rmSync(mine, { force: true })
  }
  return { release: () => rmSync(file, { force: true }) }
}

const linked = (mine: string, file: string): boolean => {
  try {
    linkSync(mine, file)
    return true
  } catch {
    return false
  }
}

const refuseWhileHeld = (file: string): void => {
  const other = lockHolder(file)
  if (other === undefined) return
  throw new Fault(
    'dev.running',
    `KnowTon already runs from this folder (process ${other.pid}).\nLook at it with: npm run status\nTo run a second one beside it: KNOWTON_HOME=/another/folder KNOWTON_PORT=0 KNOWTON_RPC_PORT=0 npm start`,
  )
}
