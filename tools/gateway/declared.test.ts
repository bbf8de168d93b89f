import { kongConfig } from '@knowton/derive'
import { environments } from '@knowton/infra'
import { platform } from '@knowton/system'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { parseKongFile } from './declared.ts'

const upstreams = Object.fromEntries(Object.keys(platform.services).map((name) => [name, 'http://127.0.0.1:4001']))
const kong = kongConfig(platform, environments.local, {
  accessTokenPublicKey: 'PEM',
  publicOrigins: ['http://localhost:8000'],
  upstreams,
})

test('carries out the whole configuration of the platform', () => {
  expect(parseKongFile(stringify(kong))).toEqual(kong)
})

test('refuses a configuration that asks for more than it does, naming the field', () => {
  const more = { ...kong, plugins: [...kong.plugins, { name: 'ip-restriction', config: {} }] }
  expect(() => parseKongFile(stringify(more))).toThrow(/plugins\[3\]/)
  const [first] = kong.services
  const stripping = { ...kong, services: [{ ...first, routes: [{ ...first?.routes[0], strip_path: true }] }] }
  expect(() => parseKongFile(stringify(stripping))).toThrow(/strip_path/)
})
