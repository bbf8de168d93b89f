import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { treeFiles } from '../check/tree-files.ts'

const root = join(import.meta.dirname, '../..')

let copy: string

/** A copy of the tree whose own packages are those of the copy, and all others those of the original. */
const copyTree = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'knowton-new-'))
  for (const path of treeFiles(root)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(root, path), join(folder, path))
  }
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@knowton'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules')).filter((entry) => entry !== '@knowton')) {
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  for (const name of readdirSync(join(root, 'node_modules/@knowton'))) {
    const place = readdirSync(join(folder, 'services')).includes(name) ? `services/${name}` : name
    symlinkSync(join(folder, place), join(modules, '@knowton', name))
  }
  return folder
}

beforeEach(() => {
  copy = copyTree()
})
afterEach(() => rmSync(copy, { recursive: true, force: true }))

const node = (...args: readonly string[]) =>
  spawnSync(join(copy, 'node_modules/.bin/node'), args, { cwd: copy, encoding: 'utf8' })

const scaffold = (...words: readonly string[]) => node('tools/new/main.ts', ...words)

/** Hand-kept files of the copy that are new, or not as they were. */
const touched = (): { readonly made: readonly string[]; readonly changed: readonly string[] } => {
  const own = treeFiles(copy).filter((path) => !/^(k8s|docs|argocd|terraform|\.github)\//.test(path))
  const isNew = (path: string) => !existsSync(join(root, path))
  const isSame = (path: string) => readFileSync(join(copy, path)).equals(readFileSync(join(root, path)))
  return { made: own.filter(isNew), changed: own.filter((path) => !isNew(path) && !isSame(path)) }
}

test.each([
  ['route', ['marketplace-service/get-venue']],
  ['route', ['creator-service/request-review']],
  ['topic', ['marketplace-service/venue-closed', 'creator-service']],
  ['rule', ['pods/pods-unmanaged']],
  ['service', ['lending-service']],
  ['system', ['open-search']],
])('a new %s (%j) passes the check as it is written', { timeout: 240_000 }, (kind, words) => {
  const made = scaffold(kind, ...words)
  expect(made.stderr).toBe('')
  expect(made.stdout).toContain('Then:')
  const checked = node('tools/check/main.ts')
  expect(checked.stdout).not.toContain('✗')
  expect(checked.status).toBe(0)
})

test('a new system is one new folder and at most seven changed files', { timeout: 120_000 }, () => {
  scaffold('system', 'open-search')
  const { made, changed } = touched()
  expect(new Set(made.map(dirname))).toEqual(new Set(['derive/kubernetes/systems/open-search']))
  expect(changed.length).toBeGreaterThan(0)
  expect(changed.length).toBeLessThanOrEqual(7)
})

test.each([
  [['planet', 'mars'], 'There is no new "planet"'],
  [['route', 'mars/get-it'], '"mars" is no service'],
  [['route', 'creator-service/GetIt'], 'is written in lower case with dashes'],
  [['rule', 'stars/too-few'], '"stars" is no family'],
  [['system', 'kafka'], 'is there already'],
  [['topic', 'creator-service/it-was', 'creator-service'], 'another service consumes it'],
])('%j is refused with the reason, and nothing is written', (words, says) => {
  const { status, stderr } = scaffold(...words)
  expect(status).toBe(2)
  expect(stderr).toContain(says)
  expect(touched()).toEqual({ made: [], changed: [] })
})
