import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { components, type Manifest } from '@knowton/derive'
import { clusters } from '@knowton/infra'
import { platform } from '@knowton/system'
import { rules } from '@knowton/verify'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseOptions } from '../verify/options.ts'
import { verifyResult } from '../verify/verify-result.ts'
import { renderedFiles } from './files.ts'

const root = join(import.meta.dirname, '../..')
const environments = Object.values(clusters)
const objectsOf = (environment: (typeof environments)[number]): readonly Manifest[] =>
  components(platform, environment).flatMap(({ files }) => Object.values(files).flat())

test('rendering twice gives the same bytes', () => {
  expect(renderedFiles()).toEqual(renderedFiles())
})

test('the verifier finds no error in anything that is rendered', () => {
  const place = { root, from: root, today: new Date(), stdin: () => '' }
  const { outcome, objects } = verifyResult(parseOptions([]), place)
  expect(rules.length).toBeGreaterThan(100)
  expect(objects).toBeGreaterThan(700)
  expect(outcome.findings.filter(({ severity }) => severity === 'error')).toEqual([])
})

test.each(environments)('every core object of $name is what its kind demands', async (environment) => {
  const core = objectsOf(environment).filter(
    ({ apiVersion }) => !/\.[a-z]+\//.test(apiVersion) || apiVersion.includes('.k8s.io/'),
  )
  expect(core.length).toBeGreaterThan(50)
  for (const object of core) {
    const models: Readonly<Record<string, new (data: unknown) => { readonly validate: () => void }>> = await import(
      /* @vite-ignore */ `kubernetes-models/${object.apiVersion}`
    )
    const Model = models[object.kind]
    if (Model === undefined) throw new Error(`${object.apiVersion} has no ${object.kind}`)
    expect(() => new Model(structuredClone(object)).validate(), `${object.kind}/${object.metadata.name}`).not.toThrow()
  }
})

test('every service runs a build that its overlay names', () => {
  for (const { name, release } of environments) {
    const path = join(root, 'k8s/overlays', name, 'apps/kustomization.yaml')
    expect(existsSync(path)).toBe(true)
    const { images }: { readonly images: readonly { readonly name: string; readonly newName: string }[] } = parse(
      readFileSync(path, 'utf8'),
    )
    expect(images.map((image) => [image.name, image.newName])).toEqual(
      Object.keys(platform.services).map((service) => [`knowton/${service}`, `${release.registry}/${service}`]),
    )
  }
})
