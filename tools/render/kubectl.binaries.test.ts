import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { components } from '@knowton/derive'
import { clusters } from '@knowton/infra'
import { platform } from '@knowton/system'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

test.each(Object.values(clusters))('kubectl builds the overlay of $name, with every object', (environment) => {
  const overlay = join(root, 'k8s/overlays', environment.name)
  const built = spawnSync('kubectl', ['kustomize', overlay], { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 })
  const objects = components(platform, environment).flatMap(({ files }) => Object.values(files).flat())
  expect(built.stderr).toBe('')
  expect(built.stdout.split(/^---$/m).length).toBe(objects.length)
})
