import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { apply, type Change, WrongWords } from './change.ts'
import { newRoute } from './route.ts'
import { newRule } from './rule.ts'
import { newService } from './service.ts'
import { newSystem } from './system.ts'
import { newTopic } from './topic.ts'

const root = join(import.meta.dirname, '../..')

const kinds: Readonly<Record<string, { readonly usage: string; readonly make: (words: readonly string[]) => Change }>> =
  {
    service: { usage: 'service <name>', make: newService },
    route: { usage: 'route <service>/<name>', make: newRoute },
    topic: { usage: 'topic <publisher>/<name> <consumer>', make: newTopic },
    rule: { usage: 'rule <family>/<id>', make: newRule },
    system: { usage: 'system <name>', make: newSystem },
  }

const run = (program: string, ...args: readonly string[]): void => {
  const { status, stderr } = spawnSync(join(root, 'node_modules/.bin', program), args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${stderr}`)
}

/** Writes what a new part of the platform needs, in its place, and everything that is generated and rendered from it. */
const main = ([kind = '', ...words]: readonly string[]): void => {
  const chosen = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (chosen === undefined) {
    const usages = Object.values(kinds).map(({ usage }) => `  npm run new -- ${usage}`)
    throw new WrongWords(`There is no new "${kind}". There are:\n${usages.join('\n')}`)
  }
  const change = chosen.make(words)
  const written = apply(root, change)
  run('biome', 'check', '--write', ...written.filter((path) => path !== 'package-lock.json'))
  run('node', 'tools/generate/main.ts')
  run('node', 'tools/render/main.ts')
  for (const path of Object.keys(change.created)) console.log(`made    ${path}`)
  for (const path of Object.keys(change.edited)) console.log(`changed ${path}`)
  console.log(`Then:\n${change.next.map((step) => `  - ${step}`).join('\n')}`)
}

try {
  main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof WrongWords)) throw error
  console.error(error.message)
  process.exitCode = 2
}
