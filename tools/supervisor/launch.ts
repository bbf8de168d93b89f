import { spawn } from 'node:child_process'
import { closeSync, openSync, renameSync, statSync } from 'node:fs'
import { Fault } from '@knowton/core'
import { type Child, type ChildRole, readChildren, writeChildren } from './children.ts'
import { startTimeOf } from './start-time.ts'

/** What to start, as whom, and where its output goes. */
export type Launch = {
  readonly name: string
  readonly role: ChildRole
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly logFile: string
  /** Runs under another user; only root can. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  readonly snapshot?: Child['snapshot']
}

/** A started process; `exited` tells how it ended and never rejects. */
export type Launched = { readonly child: Child; readonly exited: Promise<Exit> }
export type Exit = { readonly code: number | null; readonly says: string }

/** The processes of one run, written down before they can be forgotten. */
export type Registry = {
  readonly launch: (launch: Launch) => Promise<Launched>
  readonly all: () => readonly Child[]
  readonly forgetAll: () => void
  /** Resolves when every process has ended and the list says so; only then may its folder be removed. */
  readonly settled: () => Promise<void>
}

/** A log that has grown so large is set aside at the next start; one older file is kept. */
const LOG_BYTES = 16 * 1024 ** 2

/** Starts processes in sessions of their own, so that Ctrl-C reaches only the runner, and keeps the list in `file`. */
export const createRegistry = (file: string): Registry => {
  let children: readonly Child[] = readChildren(file)
  const ends: Promise<void>[] = []
  const keep = (changed: readonly Child[]) => {
    children = changed
    writeChildren(file, children)
  }
  return {
    all: () => children,
    forgetAll: () => keep([]),
    launch: async (launch) => {
      const launched = await start(launch)
      keep([...children, launched.child])
      ends.push(launched.exited.then(() => keep(children.filter((one) => one !== launched.child))))
      return launched
    },
    settled: async () => {
      await Promise.all(ends)
    },
  }
}

const start = (launch: Launch): Promise<Launched> =>
  new Promise((resolve, reject) => {
    const log = openLog(launch.logFile)
    const started = spawn(launch.command, launch.args, {
      cwd: launch.cwd,
      env: launch.env,
      stdio: ['ignore', log, log],
      detached: true,
      ...launch.user,
    })
    closeSync(log)
    const exited = new Promise<Exit>((ended) => {
      started.once('exit', (code, signal) =>
        ended({ code, says: signal === null ? `exited with code ${code}` : `was ended by ${signal}` }),
      )
    })
    started.once('error', (cause) =>
      reject(new Fault('dev.launch', `${launch.name} could not be started: ${cause.message}`, { cause })),
    )
    started.once('spawn', () => {
      const pid = started.pid ?? -1
      const { name, role, snapshot } = launch
      resolve({ child: { name, role, pid, startTime: startTimeOf(pid) ?? '', ...(snapshot && { snapshot }) }, exited })
    })
  })

const openLog = (file: string): number => {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}
