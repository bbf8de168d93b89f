import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { platform } from '@knowton/system'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { startAnvil, type TestChain } from '../testing/start-anvil.ts'
import { createStatusSource } from './status-source.ts'

const names = Object.keys(platform.services)
const parked = {
  id: '0198c6a4-3b5e-4c1d-9f0a-2d6e8b7c1a45',
  topic: 'trades',
  key: '7',
  error: 'trade.unknown: no',
  parkedAt: '2026-01-31T09:10:00.000Z',
  waiting: 2,
}

/** A process that answers what a service answers of itself; `silent` never does. */
const startService = (kind: 'sound' | 'silent'): Promise<Server> => {
  const server = createServer((request, response) => {
    if (kind === 'silent') return
    response.setHeader('content-type', 'application/json')
    if (request.url === '/health/ready') return response.end(JSON.stringify({ ready: true, reasons: [] }))
    return response.end(
      JSON.stringify({
        version: '0.1.0',
        startedAt: '2026-01-31T09:00:00.000Z',
        consumers: [{ topic: 'trades', lag: 5, parkedKeys: 1 }],
        parked: [parked],
        publishes: [{ topic: 'orders-matched', events: 12 }],
      }),
    )
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

let chain: TestChain
let sound: Server
let silent: Server
let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'knowton-status-'))
  ;[chain, sound, silent] = await Promise.all([startAnvil(), startService('sound'), startService('silent')])
})
afterAll(async () => {
  sound.close()
  silent.closeAllConnections()
  silent.close()
  await chain.stop()
  await rm(home, { recursive: true, force: true })
})

test('asks services, chain and database, and waits for nobody who does not answer', async () => {
  const zero = `0x${'0'.repeat(40)}`
  const run = {
    environment: 'local',
    startedAt: '2026-01-31T09:00:00.000Z',
    gatewayUrl: 'http://localhost:8000',
    rpcUrl: chain.url,
    chainId: 31337,
    contracts: { workToken: zero, exchange: zero, splitterFactory: zero, testUsd: zero, deploymentBlock: 1 },
    services: {
      'marketplace-service': { url: urlOf(sound), pid: 7, restarts: 1 },
      'creator-service': { url: urlOf(silent), pid: 8, restarts: 0 },
    },
    databases: { 'creator-service': inject('postgresUrl') },
    warehousePath: '/w',
    processes: { postgres: 1, chain: 2, gateway: 3 },
  }
  const runFile = join(home, 'run.json')
  await writeFile(runFile, JSON.stringify(run))
  const read = createStatusSource({ platform, runFile, upstreams: new Map(), clock: () => new Date() })
  const status = await read()
  expect(status.state).toBe('troubled')
  expect(Object.fromEntries(status.services.map(({ name, state, reasons }) => [name, [state, ...reasons]]))).toEqual({
    'creator-service': ['unreachable', 'It did not answer in time.'],
    'asset-tokenization': ['unreachable', 'It has not been started.'],
    'marketplace-service': ['ready'],
    'analytics-service': ['unreachable', 'It has not been started.'],
  })
  expect(status.parked).toEqual([{ service: 'marketplace-service', ...parked }])
  expect(status.chain).toMatchObject({ state: 'answering', chainId: 31337, head: 0 })
  expect(status.versions).toMatchObject({
    node: process.versions.node,
    postgres: expect.stringMatching(/^16\./),
    anvil: expect.stringMatching(/^\d+\./),
    clickhouse: expect.stringMatching(/^\d+\./),
  })
})

test.each(['', '{"half":'])('is starting while run.json reads "%s"', async (text) => {
  const runFile = join(home, 'unready.json')
  await writeFile(runFile, text)
  const upstreams = new Map(names.map((name) => [name, urlOf(sound)]))
  const status = await createStatusSource({ platform, runFile, upstreams, clock: () => new Date() })()
  expect(status.state).toBe('starting')
  expect(status.services.map(({ state }) => state)).toEqual(names.map(() => 'ready'))
  expect(status.chain).toEqual({ state: 'unreachable', reason: 'The platform is still starting.' })
})
