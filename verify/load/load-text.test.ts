import { expect, test } from 'vitest'
import { loadMarkdown, loadText } from './load-text.ts'

const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`

test('every document of a file is read, with the line of its first key', () => {
  const { objects } = loadText(`# first\n${object('a')}---\n# second\n\n${object('b')}---\n`, 'f.yaml')
  expect(objects.map(({ ref, source }) => [ref.name, source.line])).toEqual([
    ['a', 2],
    ['b', 9],
  ])
})

test('a path has the line of its value, or of the nearest part that is there', () => {
  const [loaded] = loadText(`${object('a')}data:\n  x.y/z: 1\n  list:\n    - 1\n    - 2\n`, 'f.yaml').objects
  const lines = ['metadata.name', 'data.x.y/z', 'data.list[1]', 'data.list[7].deep', 'spec.none', ''].map((path) =>
    loaded?.lineOf(path),
  )
  expect(lines).toEqual([4, 6, 9, 7, 1, 1])
})

test('lines are right in JSON, and in YAML that the quick reader does not read', () => {
  const json = loadText(
    '{"apiVersion": "v1", "kind": "Secret",\n"metadata": {"name": "a"},\n"data": {\n"k": "v"}}',
    'f.json',
  )
  expect(json.objects[0]?.lineOf('data.k')).toBe(4)
  const anchored = loadText(`${object('a')}data: &d\n  k: >\n    folded\nmore: *d\n`, 'f.yaml')
  expect(anchored.objects[0]?.lineOf('data.k')).toBe(6)
  expect(anchored.objects[0]?.manifest.more).toEqual({ k: 'folded\n' })
})

test('the objects of a List are objects', () => {
  const { objects } = loadText(
    'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata:\n      name: a\n',
    'f.yaml',
  )
  expect(objects.map(({ ref, source, lineOf }) => [ref.name, source.line, lineOf('metadata.name')])).toEqual([
    ['a', 4, 7],
  ])
})

test('a workflow is told by what it does', () => {
  const { workflows, objects } = loadText(
    'on: push\njobs:\n  test: { runs-on: x, steps: [] }\n',
    '.github/workflows/ci.yml',
  )
  expect([workflows.map(({ name }) => name), objects]).toEqual([['.github/workflows/ci.yml'], []])
})

test('a description of node pools tells what nodes there are', () => {
  const { pools } = loadText(
    `Cluster:
  Node Pools:
    - name: gpu
      instance_type: g5.xlarge (4 vCPU, 16GB RAM, 1x NVIDIA A10G)
      min_nodes: 1
      max_nodes: 4
      taints: [{ key: nvidia.com/gpu, value: "true", effect: NoSchedule }]
`,
    'f.yaml',
  )
  expect(pools).toMatchObject([
    {
      name: 'gpu',
      labels: {},
      minNodes: 1,
      maxNodes: 4,
      taints: [{ key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' }],
      allocatable: { cpuMillis: 3720, gpus: 1 },
    },
  ])
  expect(pools?.[0]?.allocatable?.memoryBytes).toBeGreaterThan(13 * 1024 ** 3)
  expect(pools?.[0]?.allocatable?.memoryBytes).toBeLessThan(14.5 * 1024 ** 3)
})

test('what is neither is noted, what cannot be read is an error with its line', () => {
  expect(loadText('replicaCount: 2\n', 'values.yaml').findings).toMatchObject([
    { rule: 'document-skipped', severity: 'note' },
  ])
  expect(loadText(`${object('a')}---\nkind: x\nkind: y\n`, 'f.yaml').findings).toMatchObject([
    { rule: 'yaml-invalid', severity: 'error', source: { line: 7 } },
  ])
})

test('a template is noted and not judged', () => {
  const text = `${object('a')}data: {{- toYaml .Values.b | nindent 2 }}\n`
  expect(loadText(text, 't.yaml')).toMatchObject({
    objects: [],
    findings: [{ rule: 'document-skipped', severity: 'note' }],
  })
})

test('an unquoted word means what it means to kubectl', () => {
  const [loaded] = loadText(
    `${object('a')}data: { a: yes, b: 0644, c: 0o644, d: 12:30, e: 1_000, f: "yes" }\n`,
    'f.yaml',
  ).objects
  expect(loaded?.manifest.data).toEqual({ a: true, b: 420, c: 420, d: '12:30', e: 1000, f: 'yes' })
})

test('the YAML blocks of a Markdown text are read where they stand', () => {
  const text = [
    '# Title',
    '',
    '```yaml',
    object('a').trimEnd(),
    '```',
    '',
    '```sh',
    'echo',
    '```',
    '',
    '  ```yml',
    '  a: [',
    '  ```',
    '',
  ].join('\n')
  const { objects, findings } = loadMarkdown(text, 'f.md')
  expect(objects.map(({ ref, source }) => [ref.name, source.line])).toEqual([['a', 4]])
  expect(findings).toMatchObject([{ rule: 'yaml-invalid' }])
})
