import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FileSet, loadFiles, NothingToJudge } from './load-files.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'knowton-load-'))
})
afterAll(() => rmSync(root, { recursive: true }))

let made = 0
const folderOf = (files: Readonly<Record<string, string>>): string => {
  made += 1
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, String(made), name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return join(root, String(made))
}
const load = (files: Readonly<Record<string, string>>, paths: readonly string[] = ['.'], stdin = '') =>
  loadFiles(paths, { from: folderOf(files), stdin: () => stdin })
const names = (sets: readonly FileSet[]) => sets.map(({ loading }) => loading.objects.map(({ ref }) => ref.name))
const only = (sets: readonly FileSet[]) => sets[0]?.loading.objects ?? []

const object = (name: string, kind = 'ConfigMap') => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: d }
spec:
  replicas: 1
  selector: { matchLabels: { app: d } }
  template:
    metadata: { labels: { app: d } }
    spec:
      containers:
        - { name: a, image: "registry:5000/a:1", env: [{ name: X, value: "1" }] }
        - { name: b, image: b }
`
const built = (kustomization: string, files: Readonly<Record<string, string>> = {}) =>
  load({ 'kustomization.yaml': kustomization, 'd.yaml': deployment, ...files })
const manifestOf = (sets: readonly FileSet[]) => only(sets)[0]?.manifest as never as Record<string, never>

test('files of a folder, of folders in it, of a Markdown file named and of standard input make one set', () => {
  const files = {
    'a/a.yaml': object('a'),
    'a/b/b.json': JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b' } }),
    'a/.hidden/c.yaml': object('c'),
    'a/d.txt': object('d'),
    'm.md': `\`\`\`yaml\n${object('m')}\`\`\`\n`,
  }
  expect(names(load(files, ['a', 'm.md', '-'], object('s')))).toEqual([['a', 'b', 'm', 's']])
})

test('a path that is not there, and a set with nothing in it, are said to be', () => {
  expect(() => load({}, ['none.yaml'])).toThrow(NothingToJudge)
  expect(() => load({ 'values.yaml': 'a: 1\n' })).toThrow('There is nothing to judge in .')
})

test('a kustomization is what it includes; one that another includes is not read twice', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [a.yaml]\n',
    'base/a.yaml': object('a'),
    'base/unused.yaml': object('unused'),
    'over/one/kustomization.yaml': 'resources: [../../base]\nnamespace: one\n',
    'over/two/kustomization.yaml': 'resources: [../../base]\nnamespace: two\n',
    'loose/l.yaml': object('l'),
  }
  const sets = load(files)
  expect(
    sets.map(({ name, loading }) => [name, loading.objects.map(({ ref }) => `${ref.namespace}/${ref.name}`)]),
  ).toEqual([
    ['.', ['undefined/l']],
    ['over/one', ['one/a']],
    ['over/two', ['two/a']],
  ])
  expect(sets[1]?.loading.objects[0]?.source).toEqual({ file: 'base/a.yaml', line: 1 })
})

describe('a kustomization', () => {
  test('rewrites images by their name, ports of registries and digests included', () => {
    const sets = built(`resources: [d.yaml]
images:
  - { name: "registry:5000/a", newName: a, newTag: "2" }
  - { name: b, digest: "sha256:0" }
`)
    const spec = JSON.stringify(manifestOf(sets).spec)
    expect([spec.includes('"image":"a:2"'), spec.includes('"image":"b@sha256:0"')]).toEqual([true, true])
  })

  test('merges patches by name, applies JSON patches by target and deletes', () => {
    const sets = built(
      `resources: [d.yaml, s.yaml]
patches:
  - path: p.yaml
  - target: { kind: Deployment }
    patch: |
      - op: replace
        path: /spec/replicas
        value: 3
      - op: add
        path: /metadata/annotations
        value: { a~b/c: x }
  - patch: |
      $patch: delete
      apiVersion: v1
      kind: Secret
      metadata: { name: s }
`,
      {
        's.yaml': object('s', 'Secret'),
        'p.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: d }
spec: { template: { spec: { containers: [{ name: b, image: c }, { name: a, env: [{ name: Y, value: "2" }] }] } } }
`,
      },
    )
    expect(names(sets)).toEqual([['d']])
    expect(manifestOf(sets)).toMatchObject({
      metadata: { annotations: { 'a~b/c': 'x' } },
      spec: {
        replicas: 3,
        template: {
          spec: {
            containers: [
              { name: 'a', image: 'registry:5000/a:1', env: [{ name: 'Y' }, { name: 'X' }] },
              { name: 'b', image: 'c' },
            ],
          },
        },
      },
    })
  })

  test('adds labels where they are asked for', () => {
    const selectors = manifestOf(built('resources: [d.yaml]\ncommonLabels: { team: t }\n'))
    expect(selectors).toMatchObject({
      metadata: { labels: { team: 't' } },
      spec: { selector: { matchLabels: { app: 'd', team: 't' } }, template: { metadata: { labels: { team: 't' } } } },
    })
    const plain = manifestOf(built('resources: [d.yaml]\nlabels: [{ pairs: { team: t } }]\n'))
    expect(plain).toMatchObject({
      metadata: { labels: { team: 't' } },
      spec: { selector: { matchLabels: { app: 'd' } } },
    })
    expect(JSON.stringify(plain.spec)).not.toContain('team')
  })

  test('generates ConfigMaps and Secrets under the names that references use', () => {
    const sets = built(
      `configMapGenerator: [{ name: c, files: [f.txt, k=f.txt], literals: ["a=b=c"], envs: [e.env] }]
secretGenerator: [{ name: s, literals: [password=x] }]
`,
      { 'f.txt': 'text', 'e.env': '# note\nE=1\n' },
    )
    expect(only(sets).map(({ manifest }) => [manifest.kind, manifest.data])).toEqual([
      ['ConfigMap', { 'f.txt': 'text', k: 'text', E: '1', a: 'b=c' }],
      ['Secret', { password: 'eA==' }],
    ])
  })

  test.each([
    ['resources: [none.yaml]', 'none.yaml is named and not there'],
    ['resources: [.]', 'it includes itself'],
    ['resources: [d.yaml]\npatches: [{ path: none.yaml }]', 'ENOENT'],
    ['resources: [d.yaml]\npatches: [{ target: { kind: Job }, patch: "[]" }]', 'which none of the resources is'],
    [
      'resources: [d.yaml]\npatches: [{ target: { kind: Deployment }, patch: "- {op: remove, path: /spec/none}" }]',
      'no none',
    ],
  ])('that cannot be built is an error: %s', (kustomization, says) => {
    const [set] = built(`${kustomization}\n`)
    expect(set?.loading.findings).toMatchObject([
      { rule: 'kustomization-invalid', severity: 'error', says: expect.stringContaining(says) },
    ])
  })

  test('notes what is not followed instead of judging without a word', () => {
    const [set] = built(
      'resources: [d.yaml, "https://example.org/x.yaml"]\nnamePrefix: p-\npatches: [{ target: { kind: Job }, patch: "[]" }]\n',
    )
    expect(set?.loading.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      'kustomization-unsupported note',
      'kustomization-unsupported note',
    ])
  })
})
