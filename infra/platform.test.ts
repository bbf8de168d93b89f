import { components, faults, kongConfig, publicRoutes } from '@knowton/derive'
import { platform } from '@knowton/system'
import { expect, test } from 'vitest'
import { clusters, environments } from './index.ts'

test('nothing is wrong with the declaration of the platform', () => {
  expect(faults(platform)).toEqual([])
})

test('the limits of the founding document stand: 100 a minute for the creator service, 200 for the marketplace', () => {
  const kong = kongConfig(platform, environments.local, {
    accessTokenPublicKey: 'PEM',
    publicOrigins: [],
    upstreams: {},
  })
  const limits = kong.services.map(({ name, plugins }) => [
    name,
    plugins.find((p) => p.name === 'rate-limiting')?.config.minute,
  ])
  expect(limits).toEqual(
    expect.arrayContaining([
      ['creator-service', 100],
      ['marketplace-service', 200],
    ]),
  )
})

test('the gateway serves each declared route of the world, under a name of its own', () => {
  const kong = kongConfig(platform, environments.local, {
    accessTokenPublicKey: 'PEM',
    publicOrigins: [],
    upstreams: {},
  })
  const names = kong.services.flatMap(({ routes }) => routes.map(({ name }) => name))
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBe(publicRoutes(platform).length)
})

test('no password and no key stands in what is rendered', () => {
  const objects = components(platform, clusters.production).flatMap(({ files }) => Object.values(files).flat())
  expect(JSON.stringify(objects)).not.toMatch(/knowton_password|BEGIN [A-Z ]*PRIVATE KEY|"stringData"/)
  expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([])
})
