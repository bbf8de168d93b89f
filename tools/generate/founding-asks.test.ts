import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { extractAsks } from './founding-asks.ts'

const root = join(import.meta.dirname, '../..')
const document = join(root, '../shared/spec/infrastructure.zh.md')
const isAbsent = !existsSync(document)
if (isAbsent) console.log(`skipped: what the founding document asks is not compared, there is no ${document}`)

test('each value of a document has a path, those inside embedded files too', () => {
  const markdown = [
    '# Title',
    '```yaml',
    'kind: ConfigMap',
    'metadata: { name: settings }',
    'data:',
    '  app.yml: |',
    '    servers:',
    '      - name: one',
    '        port: 80',
    '```',
  ].join('\n')
  expect(JSON.parse(extractAsks(markdown))).toEqual([
    {
      object: 'ConfigMap/settings',
      line: 3,
      values: {
        kind: 'ConfigMap',
        'metadata.name': 'settings',
        'data.app.yml » servers[one].name': 'one',
        'data.app.yml » servers[one].port': '80',
      },
    },
  ])
})

test.skipIf(isAbsent)('what is kept of the founding document is everything that it asks', () => {
  const kept = readFileSync(join(root, 'infra/founding-document/asks.json'), 'utf8')
  expect(kept).toBe(extractAsks(readFileSync(document, 'utf8')))
})
