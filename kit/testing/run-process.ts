import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { caughtUp } from './caught-up.ts'

/** How a process ended: its exit status, or the signal that ended it. */
export type ProcessEnd = { readonly code: number | null; readonly signal: string | null; readonly stderr: string }

/** A program in a process of its own; when its scope is left it is killed. */
export type TestProcess = AsyncDisposable & {
  /** Resolves with where the service listens. Throws an Error when the process ends first. */
  readonly url: () => Promise<string>
  /** Resolves once every fact of every log has taken effect, as `hear` of an open service does. */
  readonly caughtUp: () => Promise<void>
  readonly ended: () => Promise<ProcessEnd>
  /** Sends the signal and waits for the end; a process that has ended stays so. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<ProcessEnd>
}

/** Runs `main`, a service's `main.ts`, with nothing but `environment` and the arguments `args`. */
export const runProcess = (
  main: URL,
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): TestProcess => {
  const child = spawn(process.execPath, [fileURLToPath(main), ...args], {
    env: { ...environment, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = endOf(child)
  const url = untilReady(child)
  // Who never asks where it listens does not hear that it never did.
  url.catch(() => undefined)
  const end = (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal)
    return ended
  }
  return {
    url: () => url,
    caughtUp: async () => caughtUp(await url),
    ended: () => ended,
    end,
    [Symbol.asyncDispose]: async () => {
      await end('SIGKILL')
    },
  }
}

const endOf = async (child: ChildProcess): Promise<ProcessEnd> => {
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [code, signal] = await once(child, 'close')
  return { code, signal, stderr }
}

const ready = z.object({ message: z.literal('the service is ready'), url: z.url() })

const untilReady = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    if (child.stdout === null) return reject(new Error('the process has no output'))
    const lines: string[] = []
    createInterface({ input: child.stdout })
      .on('line', (line) => {
        lines.push(line)
        const found = ready.safeParse(parseLine(line))
        if (found.success) resolve(found.data.url)
      })
      .on('close', () => reject(new Error(`the process ended:\n${lines.join('\n')}`)))
  })

const parseLine = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
