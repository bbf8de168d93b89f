import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { wait } from '@knowton/core'
import * as z from 'zod'
import { startTimeOf } from './start-time.ts'

/** The kinds of process a run consists of, in the order in which they are stopped. */
export const stopOrder = ['gateway', 'service', 'chain', 'postgres'] as const
export type ChildRole = (typeof stopOrder)[number]

const child = z.object({
  name: z.string(),
  role: z.enum(stopOrder),
  pid: z.int(),
  startTime: z.string(),
  /** Of the chain: where its state is to be saved from before it is stopped, and the journal this makes superfluous. */
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
export const isRunning = (child: Child): boolean => startTimeOf(child.pid) === child.startTime

/** How long each kind may take to finish what it does before it is killed. */
const graceMs: Readonly<Record<ChildRole, number>> = {
  gateway: 12_000,
  service: 12_000,
  chain: 5_000,
  postgres: 15_000,
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are closed, a checkpoint is written. */
const stopSignal = (role: ChildRole): NodeJS.Signals => (role === 'postgres' ? 'SIGINT' : 'SIGTERM')

/** What may happen while processes end. */
export type Ending = {
  readonly says?: (sentence: string) => void
  /** The last thing done with a process while it still runs; a failure is told and no obstacle. */
  readonly beforeStop?: (child: Child, signal: AbortSignal) => Promise<void>
}

/** Ends processes kind by kind, in order; whoever outlives its time, or `force`, is killed. */
export const endChildren = async (
  children: readonly Child[],
  force: AbortSignal,
  ending: Ending = {},
): Promise<void> => {
  for (const role of stopOrder) {
    const group = children.filter((one) => one.role === role && isRunning(one))
    await Promise.all(group.map((one) => endChild(one, force, ending)))
  }
}

const endChild = async (
  one: Child,
  force: AbortSignal,
  { says = () => {}, beforeStop = async () => {} }: Ending,
): Promise<void> => {
  if (!force.aborted) {
    await beforeStop(one, AbortSignal.any([force, AbortSignal.timeout(graceMs[one.role])])).catch((error: unknown) =>
      says(`${one.name} is stopped without its last work: ${error instanceof Error ? error.message : String(error)}`),
    )
  }
  send(one, stopSignal(one.role))
  if (await hasEnded(one, graceMs[one.role], force)) return
  says(`${one.name} (process ${one.pid}) did not stop in time and was killed.`)
  send(one, 'SIGKILL')
  await hasEnded(one, graceMs[one.role], new AbortController().signal)
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
