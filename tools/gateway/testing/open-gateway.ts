import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { events, requestErrors, route, service } from '@knowton/core'
import { type Environment, kongConfig } from '@knowton/derive'
import { SignJWT } from 'jose'
import { stringify } from 'yaml'
import * as z from 'zod'
import { createGateway } from '../create-gateway.ts'
import { parseKongFile } from '../declared.ts'
import { createMetrics } from '../metrics.ts'
import { createProblems } from '../problem.ts'

const plain = { summary: 'A toy.', output: z.object({}), errors: [] } as const

const toy = service({
  name: 'toy',
  summary: 'A toy.',
  routes: {
    getThing: route({
      ...plain,
      method: 'GET',
      path: '/things/:id',
      access: 'public',
      params: z.object({ id: z.string() }),
    }),
    getMine: route({ ...plain, method: 'GET', path: '/things/mine', access: 'user' }),
    makeThing: route({
      ...plain,
      method: 'POST',
      path: '/things',
      access: 'user',
      body: z.object({}),
      bodyLimitBytes: 1000,
    }),
    putBytes: route({
      ...plain,
      method: 'PUT',
      path: '/things/:id/bytes',
      access: 'public',
      params: z.object({ id: z.string() }),
      body: 'bytes',
      bodyLimitBytes: 1_000_000,
      timeoutMs: 10_000,
    }),
    followThing: route({
      ...plain,
      method: 'GET',
      path: '/things/:id/events',
      access: 'public',
      params: z.object({ id: z.string() }),
      output: events(z.object({})),
      timeoutMs: 10_000,
    }),
    getSlow: route({ ...plain, method: 'GET', path: '/slow', access: 'public', timeoutMs: 300 }),
    postSlow: route({
      ...plain,
      method: 'POST',
      path: '/slow',
      access: 'public',
      body: z.object({}),
      timeoutMs: 300,
    }),
    burn: route({ ...plain, method: 'POST', path: '/burn', access: 'internal' }),
  },
  publishes: {},
  consumes: {},
  stores: {},
  chain: false,
  config: {},
  secrets: {},
  size: 'small',
  pool: 'general-purpose',
  instances: 'many',
  needs: [],
})

const platform = { name: 'Toy', version: '1', services: { toy }, errors: requestErrors }

/** A gateway before a real upstream on this machine. */
export type OpenGateway = {
  readonly url: string
  readonly port: number
  /** Requests that reached the upstream. */
  readonly seen: readonly IncomingMessage[]
  /** An access token for an hour, or what `change` makes of it. */
  readonly token: (change?: {
    readonly expiresAt?: number
    readonly issuer?: string
    readonly key?: KeyObject
  }) => Promise<string>
  readonly drain: (graceMs: number) => Promise<void>
  readonly stopUpstream: () => Promise<void>
  readonly metrics: () => Promise<string>
  readonly close: () => Promise<void>
}

/** Opens the toy platform's gateway before an upstream that answers with `listener`. */
export const openGateway = async (
  listener: RequestListener,
  settings: { readonly requestsPerMinute?: number; readonly nowMs?: () => number } = {},
): Promise<OpenGateway> => {
  const seen: IncomingMessage[] = []
  const upstream = createServer((request, response) => {
    seen.push(request)
    listener(request, response)
  })
  const upstreamPort = await listen(upstream)
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const metrics = createMetrics()
  const gateway = createGateway({
    file: parseKongFile(stringify(configFor(upstreamPort, publicKey, settings.requestsPerMinute ?? 1_000_000))),
    problems: createProblems(requestErrors),
    pages: () => undefined,
    metrics,
    nowMs: settings.nowMs ?? Date.now,
    onFault: (error) => {
      throw error
    },
  })
  const port = await listen(gateway.server)
  const stopUpstream = () => stop(upstream)
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    token: ({ expiresAt = Math.floor(Date.now() / 1000) + 3600, issuer = 'knowton', key = privateKey } = {}) =>
      new SignJWT({ sub: 'someone' })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(issuer)
        .setExpirationTime(expiresAt)
        .sign(key),
    drain: gateway.drain,
    stopUpstream,
    metrics: metrics.text,
    close: async () => {
      await Promise.all([
        gateway.server.listening ? gateway.drain(0) : undefined,
        upstream.listening ? stopUpstream() : undefined,
      ])
    },
  }
}

const configFor = (upstreamPort: number, publicKey: KeyObject, requestsPerMinute: number) => {
  const environment: Environment = {
    name: 'toy',
    corsOrigins: ['https://toy.example'],
    feeBps: 0,
    services: { toy: { requestsPerMinute, config: {} } },
  }
  return kongConfig(platform, environment, {
    accessTokenPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    publicOrigins: [],
    upstreams: { toy: `http://127.0.0.1:${upstreamPort}` },
  })
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
