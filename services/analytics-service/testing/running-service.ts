import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { wait } from '@knowton/core'
import { analyticsService } from '@knowton/system'
import * as z from 'zod'

/** The service in a process of its own. */
export type RunningService = {
  readonly url: string
  /** Resolves once every fact of every log has taken effect. */
  readonly caughtUp: () => Promise<void>
  /** Answers with the exit status, null after SIGKILL; does nothing to a process that has ended. */
  readonly kill: (signal: 'SIGKILL' | 'SIGTERM') => Promise<number | null>
}

const listening = z.object({ message: z.literal('the service is ready'), url: z.url() })
const status = z.object({ consumers: z.array(z.object({ lag: z.number().nullable() })) })

const children = new Set<ChildProcess>()

/** Kills every process that was started here and still runs. */
export const endServices = async (): Promise<void> => {
  for (const child of children) await end(child, 'SIGKILL')
}

const end = async (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
  children.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill(signal)
  const [code] = await ended
  return code
}

/** Starts the service on `databaseUrl` and `folder`; all topics come from the log at `logUrl`. */
export const runService = async (databaseUrl: string, folder: string, logUrl: string): Promise<RunningService> => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const topics = Object.values(analyticsService.consumes).map((topic) => topic.name)
  const child = spawn(process.execPath, [new URL('../main.ts', import.meta.url).pathname], {
    env: {
      PATH: '/usr/bin:/bin',
      ACCESS_TOKEN_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      STORE_DB_URL: databaseUrl,
      STORE_WAREHOUSE_URL: `chdb://${folder}`,
      EVENT_SOURCES: JSON.stringify([{ publisher: 'publisher', url: logUrl, topics }]),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(child)
  const url = await untilReady(child)
  return {
    url,
    caughtUp: async () => {
      const signal = AbortSignal.timeout(30_000)
      for (;;) {
        const { consumers } = status.parse(await (await fetch(`${url}/internal/status`, { signal })).json())
        if (consumers.every((consumer) => consumer.lag === 0)) return
        await wait(20, signal)
      }
    },
    kill: (signal) => end(child, signal),
  }
}

const untilReady = async (child: ChildProcess): Promise<string> => {
  if (child.stdout === null) throw new Error('the service has no output')
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    const ready = listening.safeParse(JSON.parse(line))
    if (ready.success) {
      child.stdout.resume()
      return ready.data.url
    }
  }
  throw new Error(`the service ended:\n${lines.join('\n')}`)
}
