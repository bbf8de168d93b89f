import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gaugedPlatform } from '../../../testing/gauged-platform.ts'
import { toyCluster } from '../../../testing/toy-cluster.ts'
import { promtoolTests } from './promtool-tests.ts'
import { ruleFiles } from './rule-files.ts'

const run = promisify(execFile)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each(['torchserve', 'triton'] as const)(
  'every rule is valid, every alert fires when it should and is quiet when not (%s)',
  async (backend) => {
    const environment = { ...toyCluster, inference: { ...toyCluster.inference, backend, gpus: 1 } }
    const [rules, tests] = [ruleFiles(gaugedPlatform, environment), promtoolTests(gaugedPlatform, environment)]
    for (const [name, text] of Object.entries({ ...rules, ...tests })) await writeFile(join(folder, name), text)
    const checked = await run('promtool', ['check', 'rules', ...Object.keys(rules)], { cwd: folder })
    expect(checked.stdout).not.toContain('FAILED')
    const tested = await run('promtool', ['test', 'rules', ...Object.keys(tests)], { cwd: folder })
    expect(tested.stdout.match(/SUCCESS/g)).toHaveLength(Object.keys(tests).length)
  },
)
