import { expect, test } from 'vitest'
import { extractRequirements } from './founding-requirements.ts'

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
  expect(JSON.parse(extractRequirements(markdown))).toEqual([
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
