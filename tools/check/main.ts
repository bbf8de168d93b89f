import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { platform } from '@knowton/system'
import { fragmentFaults } from './fragment-faults.ts'
import { layerFaults, type Source } from './layer-faults.ts'
import { serviceFaults } from './service-faults.ts'
import { sizeFaults } from './size-faults.ts'
import { treeFiles } from './tree-files.ts'

const root = join(import.meta.dirname, '../..')

const files = treeFiles(root)

/** Every hand-kept source file. */
const readSources = (): readonly Source[] =>
  files
    .filter((path) => /\.(ts|tsx|sol|mjs)$/.test(path) && path.includes('/'))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(join(root, path), 'utf8') }]
      } catch {
        return [] // deleted but not yet committed
      }
    })

const tool = (name: string, args: readonly string[]) => (): readonly string[] => {
  const done = spawnSync(join(root, 'node_modules/.bin', name), args, { cwd: root, encoding: 'utf8' })
  if (done.error !== undefined) return [`${name} could not be started: ${done.error.message}`]
  return done.status === 0 ? [] : [`${done.stdout}${done.stderr}`.trim() || `${name} exited with ${done.status}`]
}

const sources = readSources()
const typescript = sources.filter((source) => /\.tsx?$/.test(source.path) && !source.path.startsWith('contracts/'))

const checks: readonly (readonly [name: string, check: () => readonly string[]])[] = [
  ['format and lint', tool('biome', ['ci', '--diagnostic-level=warn', '.'])],
  ['types', tool('tsc', ['--noEmit', '-p', 'tsconfig.json'])],
  ['layers', () => layerFaults(typescript)],
  ['services', () => serviceFaults(Object.keys(platform.services), files)],
  ['file size', () => sizeFaults(sources)],
  ['fragments', () => fragmentFaults(typescript)],
  ['unused code', tool('knip', ['--no-progress'])],
  ['generated files fresh', tool('node', ['tools/generate/main.ts', '--check'])],
  ['rendered files fresh', tool('node', ['tools/render/main.ts', '--check'])],
]

let failed = 0
for (const [name, check] of checks) {
  const startedAt = performance.now()
  const faults = check()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  for (const fault of faults) console.log(`  ${fault.replaceAll('\n', '\n  ')}`)
  if (faults.length > 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
