import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { devEnvironment, repository } from '../environment.ts'

/** One of the runner's verbs as a process, with all it says. */
export type RunProcess = {
  readonly pid: number
  readonly said: () => string
  /** Resolves when it has said `sentence`; rejects when it ends before. */
  readonly says: (sentence: string) => Promise<void>
  readonly exited: Promise<number | null>
  readonly kill: (signal: NodeJS.Signals) => void
}

/** Starts `tools/dev/main.ts` on a home of its own, with free ports unless told otherwise. */
export const runVerb = (
  home: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): RunProcess => {
  const child = spawn(join(repository, 'node_modules/.bin/node'), [join(repository, 'tools/dev/main.ts'), ...args], {
    cwd: repository,
    env: {
      ...devEnvironment({}).inherited,
      PATH: '/usr/local/bin:/usr/bin:/bin',
      ...{ KNOWTON_HOME: home, KNOWTON_PORT: '0', KNOWTON_RPC_PORT: '0', KNOWTON_ENVIRONMENT: 'test' },
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { text: '', heard: new Set<() => void>() }
  const hear = (chunk: Buffer) => {
    output.text += chunk.toString()
    for (const listener of output.heard) listener()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve))
  const says = (sentence: string) =>
    new Promise<void>((resolve, reject) => {
      const listener = () => {
        if (!output.text.includes(sentence)) return
        output.heard.delete(listener)
        resolve()
      }
      output.heard.add(listener)
      listener()
      void exited.then((code) => reject(new Error(`ended with ${code} before it said "${sentence}":\n${output.text}`)))
    })
  return { pid: child.pid ?? -1, said: () => output.text, says, exited, kill: (signal) => child.kill(signal) }
}
