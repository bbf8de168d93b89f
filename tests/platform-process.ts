import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environmentWith } from './environment.ts'

const root = join(import.meta.dirname, '..')

/** A platform that a test started: its state folder and how to end it. */
export type PlatformProcess = { readonly home: string; readonly stop: () => Promise<void> }

/** Starts the whole platform on an empty folder and free ports, as `npm start` does, with the test environment's limits. */
export const startPlatform = async (): Promise<PlatformProcess> => {
  const home = await mkdtemp(join(tmpdir(), 'knowton-journey-'))
  const child = spawn(join(root, 'node_modules/.bin/node'), ['tools/dev/main.ts', 'start'], {
    cwd: root,
    env: environmentWith({ KNOWTON_HOME: home, KNOWTON_PORT: '0', KNOWTON_RPC_PORT: '0', KNOWTON_ENVIRONMENT: 'test' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await ready(child)
  return {
    home,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await ended
      }
      await rm(home, { recursive: true, force: true })
    },
  }
}

const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('KnowTon is ready')) resolve()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the platform ended with ${code} before it was ready:\n${said}`)))
  })

/** Runs one of the repository's tools against the platform on `home`; resolves with its exit code and what it printed. */
export const runTool = (home: string, args: readonly string[]): Promise<{ code: number; output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin/node'), args, {
      cwd: root,
      env: environmentWith({ KNOWTON_HOME: home }),
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('exit', (code) => resolve({ code: code ?? 1, output }))
  })
