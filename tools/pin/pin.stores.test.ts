import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pin } from './pin.ts'
import type { RegistryAccess } from './resolve-digest.ts'

/** A registry that gives manifests to holders of a token it gave out for the very repository. */
type Registry = { readonly server: Server; readonly host: string; readonly put: (name: string, body: string) => string }

const startRegistry = async (): Promise<Registry> => {
  const manifests = new Map<string, string>()
  const tokens = new Map<string, string>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://registry')
    if (url.pathname === '/token') return giveToken(url, tokens, response)
    const [, repository, tag] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(url.pathname) ?? []
    const token = request.headers.authorization?.replace('Bearer ', '')
    if (token === undefined || tokens.get(token) !== `repository:${repository}:pull`) {
      const { port } = server.address() as AddressInfo
      response.setHeader(
        'www-authenticate',
        `Bearer realm="http://127.0.0.1:${port}/token",service="registry",scope="repository:${repository}:pull"`,
      )
      return response.writeHead(401).end()
    }
    const body = manifests.get(`${repository}:${tag}`)
    if (body === undefined) return response.writeHead(404).end()
    const claimed = repository === 'team/liar' ? `sha256:${'0'.repeat(64)}` : digestOf(body)
    return response.setHeader('docker-content-digest', claimed).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const put = (name: string, body: string): string => {
    manifests.set(name, body)
    return digestOf(body)
  }
  return { server, host, put }
}

const giveToken = (url: URL, tokens: Map<string, string>, response: ServerResponse) => {
  const token = randomBytes(8).toString('hex')
  tokens.set(token, url.searchParams.get('scope') ?? '')
  return response.end(JSON.stringify({ token }))
}

const digestOf = (body: string): string => `sha256:${createHash('sha256').update(body).digest('hex')}`
const plain = (): RegistryAccess => ({ fetch, scheme: 'http', signal: AbortSignal.timeout(10_000) })

let registry: Registry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.server.close())

test('a tag is resolved to the digest of the manifest that the registry holds for it', async () => {
  const digest = registry.put('team/app:1.0.0', '{"schemaVersion":2}')
  const image = `${registry.host}/team/app:1.0.0`
  const found = await pin([image], {}, plain)
  expect(found.lock).toEqual({ [image]: digest })
  expect(found.pinned).toMatchObject([{ image, outcome: 'new' }])
  expect((await pin([image], found.lock, plain)).pinned).toMatchObject([{ outcome: 'same' }])
})

test('a tag that points elsewhere now is said to have moved', async () => {
  const image = `${registry.host}/team/moving:1`
  registry.put('team/moving:1', 'first')
  const before = await pin([image], {}, plain)
  const digest = registry.put('team/moving:1', 'second')
  const after = await pin([image], before.lock, plain)
  expect(after.pinned).toMatchObject([{ outcome: 'moved' }])
  expect(after.lock).toEqual({ [image]: digest })
})

test('an unknown tag stays without a digest, and one that was pinned before keeps it', async () => {
  const image = `${registry.host}/team/none:1`
  expect((await pin([image], {}, plain)).lock).toEqual({})
  const kept = { [image]: `sha256:${'a'.repeat(64)}` }
  const found = await pin([image], kept, plain)
  expect(found.lock).toEqual(kept)
  expect(found.pinned[0]).toMatchObject({ outcome: 'failed' })
  expect(found.pinned[0]?.says).toContain('is not in its registry')
})

test('a digest that the content does not have is refused', async () => {
  registry.put('team/liar:1', 'something')
  const found = await pin([`${registry.host}/team/liar:1`], {}, plain)
  expect(found.lock).toEqual({})
  expect(found.pinned[0]?.says).toContain('but its content is')
})

test('a registry that does not answer is named', async () => {
  const closed = await startRegistry()
  await new Promise((resolve) => closed.server.close(resolve))
  const found = await pin([`${closed.host}/team/app:1`], {}, plain)
  expect(found.pinned[0]?.says).toContain(`${closed.host} cannot be reached`)
})
