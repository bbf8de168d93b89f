import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { devEnvironment } from '../dev/environment.ts'
import { startPostgres } from '../testing/start-postgres.ts'

const root = join(import.meta.dirname, '../..')

/** Every benchmark is a script that prints what it measured, the ratio to its baseline and what limits it. */
const benchmarks: readonly { readonly name: string; readonly script: string }[] = [
  { name: 'matching', script: 'services/marketplace-service/books/book-writer.bench.ts' },
  { name: 'event-log', script: 'adapters/postgres/event-log.bench.ts' },
  { name: 'read', script: 'tools/bench/read.ts' },
  { name: 'start', script: 'tools/bench/start.ts' },
  { name: 'render', script: 'tools/bench/render.ts' },
  { name: 'verify', script: 'tools/bench/verify.ts' },
]

const runScript = (script: string, postgresUrl: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, script)], {
      cwd: root,
      env: { ...devEnvironment().inherited, KNOWTON_BENCH_POSTGRES_URL: postgresUrl },
      stdio: 'inherit',
    })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name))
if (unknown.length > 0) {
  console.error(`no benchmark named ${unknown.join(', ')}; there are: ${benchmarks.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
const postgres = await startPostgres()
try {
  for (const { name, script } of benchmarks) {
    if (asked.length > 0 && !asked.includes(name)) continue
    console.log(`\n# ${name}`)
    const code = await runScript(script, postgres.url)
    if (code !== 0) {
      console.error(`${script} failed with ${code}`)
      process.exitCode = 1
    }
  }
} finally {
  await postgres.stop()
}
