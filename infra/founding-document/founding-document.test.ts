import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { flatten } from './flatten.ts'
import { foundingPage, foundingVerdicts } from './page.ts'

const root = join(import.meta.dirname, '../..')

test('whatever the document asks is rendered as asked, or has a reason not to be', () => {
  const unanswered = foundingVerdicts().filter(({ outcome }) => outcome === 'unanswered')
  expect(unanswered.map(({ asked }) => `${asked.object} ${asked.path} = ${asked.value}`)).toEqual([])
})

test('a reason is a sentence', () => {
  for (const { why, outcome, asked } of foundingVerdicts()) {
    if (outcome === 'same') continue
    expect(why, `${asked.object} ${asked.path}`).toMatch(/^\S.*\.$/s)
  }
})

test('each value that is said to be rendered is in the files', () => {
  const inFiles = new Map(
    ['k8s/overlays/production', 'argocd/production', '.github/workflows']
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
      )
      .filter((path) => path.endsWith('.yaml') || path.endsWith('.yml'))
      .flatMap((path) =>
        parseAllDocuments(readFileSync(join(root, path), 'utf8')).map((document) => {
          const content = document.toJS()
          const name =
            content.kind === undefined
              ? `Workflow/${path.split('/').at(-1)}`
              : `${content.kind}/${content.metadata?.name}`
          return [name, new Set(flatten(content).map(({ value }) => value))] as const
        }),
      )
      .reverse(),
  )
  const missing = foundingVerdicts().filter(
    ({ rendered }) =>
      rendered !== undefined && rendered.object !== 'Cluster' && !inFiles.get(rendered.object)?.has(rendered.value),
  )
  expect(missing.map(({ rendered }) => rendered)).toEqual([])
})

test('the page counts what it shows', () => {
  const rows = foundingPage()
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  expect(rows.length).toBe(foundingVerdicts().length)
})
