import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { postgresBinaries } from './binaries.ts'
import { unprivileged } from './unprivileged.ts'

let closed: string

/** As /root is: nobody but its owner may pass. */
beforeEach(() => {
  closed = mkdtempSync(join(tmpdir(), 'knowton closed to others '))
})
afterEach(() => rmSync(closed, { recursive: true, force: true }))

test('PostgreSQL runs from a folder that is closed to others and has spaces in its name, on data in there', async () => {
  const { initdb, postgres } = await postgresBinaries()
  const native = dirname(dirname(initdb))
  cpSync(native, join(closed, 'programs'), { recursive: true, verbatimSymlinks: true })
  const inside = (program: string) => program.replace(native, join(closed, 'programs'))
  const binaries = { initdb: inside(initdb), postgres: inside(postgres) }
  const data = join(closed, 'data')
  const runAs = unprivileged(binaries, data)
  const { command, args, user } = runAs(binaries.initdb, ['-D', data, '-U', 'postgres', '--no-sync'])
  await promisify(execFile)(command, args, { cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' }, ...user })
  expect(existsSync(join(data, 'PG_VERSION'))).toBe(true)
})
