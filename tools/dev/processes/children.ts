import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { wait } from '@knowton/core'
import * as z from 'zod'
import { replaceJournal } from '../chain/journal.ts'
import { saveSnapshot } from '../chain/snapshot.ts'
import { birthOf } from './identity.ts'

/** The kinds of process a run consists of, in the order in which they are stopped. */
export const stopOrder = ['gateway', 'service', 'chain', 'postgres'] as const
export type ChildRole = (typeof stopOrder)[number]

const child = z.object({
  name: z.string(),
  role: z.enum(stopOrder),
  pid: z.int(),
  birth: z.string(),
  /** Of the chain: before it is stopped its state is saved from `rpcUrl` to `file`, which makes `journal` superfluous. */
  snapshot: z.object({ rpcUrl: z.string(), file: z.string(), journal: z.string() }).optional(),
})

/** A process that a run has started and must not leave behind. */
export type Child = z.output<typeof child>

/** The processes that the last run of a home wrote down; none when it stopped cleanly. */
export const readChildren = (file: string): readonly Child[] => {
  try {
    return z.array(child).parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return []
  }
}

/** Writes them down, whole or not at all, before anything else happens. */
export const writeChildren = (file: string, children: readonly Child[]): void => {
  writeFileSync(`${file}.new`, JSON.stringify(children), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** True while the very process that was written down runs. */
export const isRunning = (child: Child): boolean => birthOf(child.pid) === child.birth

/** How long each kind may take to finish what it does before it is killed. */
const graceMs: Readonly<Record<ChildRole, number>> = {
  gateway: 12_000,
  service: 12_000,
  chain: 5_000,
  postgres: 15_000,
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are closed, a checkpoint is written. */
const stopSignal = (role: ChildRole): NodeJS.Signals => (role === 'postgres' ? 'SIGINT' : 'SIGTERM')

/** Ends processes kind by kind, in order; whoever outlives its time, or `force`, is killed. */
export const endChildren = async (
  children: readonly Child[],
  force: AbortSignal,
  says: (sentence: string) => void = () => {},
): Promise<void> => {
  for (const role of stopOrder) {
    const group = children.filter((one) => one.role === role && isRunning(one))
    await Promise.all(group.map((one) => endChild(one, force, says)))
  }
}

const endChild = async (one: Child, force: AbortSignal, says: (sentence: string) => void): Promise<void> => {
  if (one.snapshot !== undefined && !force.aborted) {
    await saveLast(one.snapshot, AbortSignal.any([force, AbortSignal.timeout(graceMs.chain)])).catch((error: unknown) =>
      says(`The chain's last state could not be saved, its journal will be replayed: ${String(error)}`),
    )
  }
  send(one, stopSignal(one.role))
  if (await hasEnded(one, graceMs[one.role], force)) return
  says(`${one.name} (process ${one.pid}) did not stop in time and was killed.`)
  send(one, 'SIGKILL')
  await hasEnded(one, graceMs[one.role], new AbortController().signal)
}

const saveLast = async (snapshot: NonNullable<Child['snapshot']>, signal: AbortSignal): Promise<void> => {
  await saveSnapshot(snapshot, signal)
  await replaceJournal(snapshot.journal, [])
}

const send = (one: Child, signal: NodeJS.Signals): void => {
  try {
    if (isRunning(one)) process.kill(one.pid, signal)
  } catch {
    // It ended between the look and the signal.
  }
}

const hasEnded = async (one: Child, withinMs: number, force: AbortSignal): Promise<boolean> => {
  const deadline = performance.now() + withinMs
  while (isRunning(one)) {
    if (force.aborted || performance.now() > deadline) return false
    await wait(15, force).catch(() => {})
  }
  return true
}
