import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { actions } from './delivery.ts'

const releases: Readonly<Record<string, { readonly version: string; readonly commit: string }>> = JSON.parse(
  readFileSync(join(inject('upstream'), 'data/github-actions.json'), 'utf8'),
)

test.each(Object.entries(actions))('%s is pinned to the commit of its release', (name, pin) => {
  expect(releases[name]).toMatchObject(pin)
})
