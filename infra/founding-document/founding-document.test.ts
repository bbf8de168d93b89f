import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { flatten } from './flatten.ts'
import { foundingPage, foundingTraces } from './page.ts'

const root = join(import.meta.dirname, '../..')

test('whatever the document requires is rendered, or has a reason not to be', () => {
  const unanswered = foundingTraces().filter(({ outcome }) => outcome === 'unanswered')
  expect(unanswered.map(({ required }) => `${required.object} ${required.path} = ${required.value}`)).toEqual([])
})

test('a reason is a sentence', () => {
  for (const { why, outcome, required } of foundingTraces()) {
    if (outcome === 'same') continue
    expect(why, `${required.object} ${required.path}`).toMatch(/^\S.*\.$/s)
  }
})

/** Every value in the rendered files, by `Kind/name`; what stands in Terraform's is the cluster's. */
const valuesInFiles = (): ReadonlyMap<string, ReadonlySet<string>> => {
  const documents = ['k8s/overlays/production', 'argocd/production', '.github/workflows', 'terraform/eks']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter((path) => /\.(ya?ml|json)$/.test(path))
    .flatMap((path) =>
      parseAllDocuments(readFileSync(join(root, path), 'utf8')).map((each) => ({ path, content: each.toJS() })),
    )
  const values = documents.flatMap(({ path, content }) =>
    // EKS spells the effects of taints in its own way
    flatten(content).map(({ value }) => ({
      name: nameOf(path, content),
      value: value.replace('NO_SCHEDULE', 'NoSchedule'),
    })),
  )
  return new Map(
    [...Map.groupBy(values, ({ name }) => name)].map(([name, all]) => [name, new Set(all.map(({ value }) => value))]),
  )
}

const nameOf = (
  path: string,
  content: { readonly kind?: string; readonly metadata?: { readonly name: string } },
): string => {
  if (path.startsWith('terraform/')) return 'Cluster'
  return content.kind === undefined ? `Workflow/${path.split('/').at(-1)}` : `${content.kind}/${content.metadata?.name}`
}

test('each value that is said to be rendered is in the files', () => {
  const inFiles = valuesInFiles()
  const missing = foundingTraces().filter(
    // which cloud it is shows in the folder's name
    ({ rendered }) =>
      rendered !== undefined && rendered.path !== 'cloud.kind' && !inFiles.get(rendered.object)?.has(rendered.value),
  )
  expect(missing.map(({ rendered }) => rendered)).toEqual([])
})

test('the page counts what it shows', () => {
  const rows = foundingPage()
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  expect(rows.length).toBe(foundingTraces().length)
})
