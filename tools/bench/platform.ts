import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { devEnvironment } from '../dev/environment.ts'

const root = join(import.meta.dirname, '../..')

/** A platform that a benchmark started, and how long it took from the command to "ready". */
export type BenchPlatform = { readonly readyMs: number; readonly stop: () => Promise<void> }

/** Runs `npm start`'s platform on `home` with free ports and the test environment's limits. */
export const startPlatform = async (home: string): Promise<BenchPlatform> => {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['tools/dev/main.ts', 'start'], {
    cwd: root,
    env: {
      ...devEnvironment().inherited,
      KNOWTON_HOME: home,
      KNOWTON_PORT: '0',
      KNOWTON_RPC_PORT: '0',
      KNOWTON_ENVIRONMENT: 'test',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await said(child, 'KnowTon is ready')
  return {
    readyMs: performance.now() - startedAt,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Resolves when the process prints `text`; rejects with all it printed when it ends before. */
export const said = (child: ChildProcess, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes(text)) resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`ended with ${code} before saying "${text}":\n${output}`)))
  })
