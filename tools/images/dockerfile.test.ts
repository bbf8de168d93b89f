import { globSync, readFileSync } from 'node:fs'
import { dirname, join, matchesGlob, resolve } from 'node:path'
import { platform } from '@knowton/system'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const linesOf = (path: string) =>
  read(path)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

const dockerfile = read('Dockerfile').replaceAll(/\\\n\s*/g, '')
const instructions = dockerfile.split('\n').filter((line) => /^[A-Z]+ /.test(line))
const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')))
const ignored = linesOf('.dockerignore')

/** Whether the build sees a file: the last line of .dockerignore that fits decides. */
const isSeen = (path: string): boolean => {
  const parents = path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'))
  return ignored.reduce((seen, line) => {
    const isBack = line.startsWith('!')
    const pattern = isBack ? line.slice(1) : line
    return pattern === '*' || parents.some((part) => matchesGlob(part, pattern)) ? isBack : seen
  }, true)
}

/** The folders of our own packages that the final image of `service` has. */
const copiedFor = (service: string): readonly string[] =>
  last
    .map((line) => /^COPY (?!--)(\S+) /.exec(line)?.[1]?.replaceAll(/\$\{SERVICE\}/g, service))
    .filter((source) => source !== undefined)

const folderOf = (specifier: string): string => specifier.replace('@knowton/', '').split('/')[0] ?? ''
const importsIn = (path: string): readonly string[] =>
  [...read(path).matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, specifier]) => specifier ?? '')

/** The files that run in an image whose source is `folder`. */
const sourcesIn = (folder: string): readonly string[] =>
  globSync(`${folder}/**/*.ts`, { cwd: root }).filter((path) => !path.includes('node_modules') && isSeen(path))

/** The folders of all packages of ours that a service imports, itself and others by themselves. */
const closureOf = (folder: string, known: ReadonlySet<string> = new Set()): ReadonlySet<string> => {
  if (known.has(folder)) return known
  const imported = new Set(
    sourcesIn(folder)
      .flatMap(importsIn)
      .filter((specifier) => specifier.startsWith('@knowton/'))
      .map(folderOf),
  )
  return [...imported].reduce<ReadonlySet<string>>((all, next) => closureOf(next, all), new Set([...known, folder]))
}

test.each(Object.keys(platform.services))('the image of %s holds every package of ours that it imports', (service) => {
  const folder = `services/${service}`
  const needed = closureOf(folder)
  expect(needed.size).toBeGreaterThan(3)
  expect(copiedFor(service)).toEqual(expect.arrayContaining([...needed]))
})

test('nothing that runs in an image imports a file that the build does not see', () => {
  const folders = [
    'core',
    'system',
    'domain',
    'kit',
    'adapters',
    ...Object.keys(platform.services).map((name) => `services/${name}`),
  ]
  const broken = folders.flatMap(sourcesIn).flatMap((path) =>
    importsIn(path)
      .filter((specifier) => /^\.|^@knowton\/.*\/testing/.test(specifier))
      .map((specifier) =>
        specifier.startsWith('.') ? join(dirname(path), specifier) : specifier.slice('@knowton/'.length),
      )
      .filter((target) => !isSeen(target))
      .map((target) => `${path} → ${target}`),
  )
  expect(broken).toEqual([])
})

test('npm sees every workspace, and the image none of its tests', () => {
  const workspaces: readonly string[] = JSON.parse(read('package.json')).workspaces
  const manifests = globSync(
    workspaces.map((workspace) => `${workspace}/package.json`),
    { cwd: root },
  )
  expect(manifests.length).toBeGreaterThan(workspaces.length)
  expect(['package.json', 'package-lock.json', ...manifests].filter((path) => !isSeen(path))).toEqual([])
  for (const path of [
    '.git/HEAD',
    'kit/config/settings.test.ts',
    'adapters/postgres/testing/index.ts',
    'docs/x.md',
    'k8s/x.yaml',
  ])
    expect(isSeen(path), path).toBe(false)
})

test('migrations and other files that are read at run time are in the image', () => {
  const read = globSync(['kit/**/*.sql', 'services/*/{migrations,warehouse}/**/*.sql', 'adapters/**/*.xml'], {
    cwd: root,
  }).filter((path) => !path.includes('node_modules') && !path.includes('/testing/'))
  expect(read.length).toBeGreaterThan(5)
  expect(read.filter((path) => !isSeen(path))).toEqual([])
})

test('the image runs as a numbered user, from named versions, and starts without a shell', () => {
  const [, user] = /^USER (\d+):\d+$/m.exec(last.join('\n')) ?? []
  expect(Number(user)).toBeGreaterThanOrEqual(10_000)
  const bases = instructions.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1] ?? '')
  for (const base of bases) expect(base).toMatch(/:\$\{NODE_VERSION\}-|nodejs\$\{NODE_VERSION\}-debian\d+$/)
  expect(dockerfile).toMatch(/^ARG NODE_VERSION=\d+$/m)
  expect(last.at(-1)).toMatch(/^ENTRYPOINT \["/)
  expect(last.join('\n')).not.toMatch(/^(ADD|RUN) /m)
  expect(last).toContain('STOPSIGNAL SIGTERM')
})
