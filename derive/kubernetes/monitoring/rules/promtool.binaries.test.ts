import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toyCluster } from '../../../testing/toy-cluster.ts'
import { toyPlatform } from '../../../testing/toy-platform.ts'
import { promtoolTests } from './promtool-tests.ts'
import { ruleFiles } from './rule-files.ts'

const run = promisify(execFile)

const gauged = {
  summary: 'How late the most overdue book is.',
  subject: 'Books',
  labels: ['shelf'],
  alerts: {
    BookLost: {
      when: 'above',
      threshold: 10,
      forMinutes: 5,
      severity: 'warning',
      says: 'A book of {{ $labels.shelf }} is lost.',
      fix: 'Buy another one.',
    },
    ShelfEmpty: { when: 'below', threshold: 0, forMinutes: 0, severity: 'critical', says: 'Empty.', fix: 'Fill it.' },
  },
} as const
const platform = {
  ...toyPlatform,
  services: {
    ...toyPlatform.services,
    bookshop: { ...toyPlatform.services.bookshop, gauges: { overdueDays: gauged } },
  },
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each(['torchserve', 'triton'] as const)(
  'every rule is valid, every alert fires when it should and is quiet when not (%s)',
  async (backend) => {
    const environment = { ...toyCluster, inference: { ...toyCluster.inference, backend, gpus: 1 } }
    const [rules, tests] = [ruleFiles(platform, environment), promtoolTests(platform, environment)]
    for (const [name, text] of Object.entries({ ...rules, ...tests })) await writeFile(join(folder, name), text)
    const checked = await run('promtool', ['check', 'rules', ...Object.keys(rules)], { cwd: folder })
    expect(checked.stdout).not.toContain('FAILED')
    const tested = await run('promtool', ['test', 'rules', ...Object.keys(tests)], { cwd: folder })
    expect(tested.stdout.match(/SUCCESS/g)).toHaveLength(Object.keys(tests).length)
  },
)
