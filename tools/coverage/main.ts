import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The fast tests with what they run through: a summary on the screen, lines and pages under coverage/. */
const done = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'fast', '--coverage', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
)
process.exitCode = done.status ?? 1
