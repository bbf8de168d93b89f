import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { postgresBinaries } from '../postgres/binaries.ts'
import { unprivileged } from '../postgres/unprivileged.ts'
import { freePort } from '../supervisor/free-port.ts'

/** A PostgreSQL for tests: nothing survives it. */
export type TestPostgres = { readonly url: string; readonly stop: () => Promise<void> }

/**
 * Starts the embedded PostgreSQL on a free port over an empty folder in the temporary directory; `stop` removes it.
 * Each of `files` is written where the server may read it, and its setting names it. Throws a fault `dev.root` where root
 * finds no user that can run it.
 */
export const startPostgres = async (
  settings: readonly string[] = [],
  files: Readonly<Record<string, string>> = {},
): Promise<TestPostgres> => {
  const binaries = await postgresBinaries()
  const folder = mkdtempSync(join(tmpdir(), 'knowton-postgres-'))
  const runAs = unprivileged(binaries, folder)
  const data = join(folder, 'data')
  const init = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
  const initdb = runAs(binaries.initdb, init)
  await promisify(execFile)(initdb.command, initdb.args, { cwd: '/', ...initdb.user })
  const written = Object.entries(files).map(([setting, text]) => `${setting}=${writeFor(folder, setting, text)}`)
  const port = await freePort()
  const server = runAs(binaries.postgres, [
    ...['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', ''],
    ...[...settings, ...written].flatMap((setting) => ['-c', setting]),
  ])
  const child = spawn(server.command, server.args, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], ...server.user })
  await untilReady(child)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      // SIGINT is PostgreSQL's fast shutdown: it ends sessions instead of waiting for them.
      if (child.exitCode === null) {
        const exited = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGINT')
        await exited
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Owned by whom the server runs as, who owns the folder: PostgreSQL takes no key of another's. */
const writeFor = (folder: string, name: string, text: string): string => {
  const file = join(folder, name)
  const { uid, gid } = statSync(folder)
  writeFileSync(file, text, { mode: 0o600 })
  chownSync(file, uid, gid)
  return file
}

const untilReady = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let output = ''
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${output}`)))
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-10_000)
      if (text.includes('ready to accept connections')) resolve()
    })
  })
