import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

let copy: string

/** A copy of the tree whose own packages are those of the copy, and all others those of the original. */
const copyTree = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'knowton-new-'))
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
  for (const path of files.split('\0').filter((name) => name !== '')) {
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

const git = (...args: readonly string[]): string => execFileSync('git', args, { cwd: copy, encoding: 'utf8' })

beforeEach(() => {
  copy = copyTree()
  git('init', '-q')
  git('add', '-A')
  git('-c', 'user.name=test', '-c', 'user.email=test@example.org', 'commit', '-qm', 'as it was')
})
afterEach(() => rmSync(copy, { recursive: true, force: true }))

const node = (...args: readonly string[]) =>
  spawnSync(join(copy, 'node_modules/.bin/node'), args, { cwd: copy, encoding: 'utf8' })

const scaffold = (...words: readonly string[]) => node('tools/new/main.ts', ...words)

/** Hand-kept files that are not as they were, by what happened to them. */
const touched = (state: 'M' | '??'): readonly string[] =>
  git('status', '--porcelain', '-uall')
    .split('\n')
    .filter((line) => line.slice(0, 2).trim() === state)
    .map((line) => line.slice(3))
    .filter((path) => !/^(k8s|docs|argocd|terraform|\.github)\//.test(path))

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
  expect(new Set(touched('??').map(dirname))).toEqual(new Set(['derive/kubernetes/systems/open-search']))
  expect(touched('M').length).toBeGreaterThan(0)
  expect(touched('M').length).toBeLessThanOrEqual(7)
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
  expect(touched('M').concat(touched('??'))).toEqual([])
})
