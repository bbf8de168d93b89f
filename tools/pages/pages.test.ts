import { platform } from '@knowton/system'
import { describe, expect, test } from 'vitest'
import { toPlatformStatus } from './collect-status.ts'
import { createPages } from './create-pages.ts'
import type { PlatformStatus } from './platform-status.ts'
import { type ServiceReport, unreachable } from './read-service.ts'
import { statusPage } from './status-page.ts'
import { statusText } from './status-text.ts'
import { chooseLanguage } from './words.ts'

const started = { pid: 42, restarts: 0 }
const services = Object.values(platform.services)
const sound = services.map((service): ServiceReport => {
  const silent = unreachable(service, started, '')
  return {
    status: { ...silent.status, state: 'ready', reasons: [], version: '0.1.0', startedAt: '2026-01-31T09:00:00.000Z' },
    consumers: Object.values(service.consumes).map(({ name }) => ({ topic: name, lag: 0, parkedKeys: 0 })),
    parked: [],
    published: new Map(Object.values(service.publishes).map(({ name }) => [name, 1234])),
  }
})
const run = {
  environment: 'local',
  startedAt: '2026-01-31T09:00:00.000Z',
  gatewayUrl: 'http://localhost:8000',
  rpcUrl: 'http://127.0.0.1:8545',
  chainId: 31337,
  contracts: {
    workToken: '0x01',
    exchange: '0x02',
    splitterFactory: '0x03',
    testUsd: '0x04',
    deploymentBlock: 1,
  },
  services: {},
  databases: {},
  warehousePath: '/w',
  processes: { postgres: 1, chain: 2, gateway: 3 },
} as const
const chain = {
  status: { state: 'answering', chainId: 31337, head: 10, headTime: '2026-01-31T09:29:00.000Z', safe: 9, finalized: 8 },
  client: 'anvil/v1.7.1',
} as const
const asOf = new Date('2026-01-31T09:30:00.000Z')
const statusOf = (change: Partial<Parameters<typeof toPlatformStatus>[1]> = {}): PlatformStatus =>
  toPlatformStatus(platform, { run, services: sound, chain, versions: { node: '24' }, asOf, ...change })

const parkedKey = {
  service: 'creator-service',
  id: '0198c6a4-3b5e-4c1d-9f0a-2d6e8b7c1a45',
  topic: 'nft-minted',
  key: '<script>alert(1)</script>',
  error: 'work.unknown: <b>There is no such work.</b>',
  parkedAt: '2026-01-31T09:10:00.000Z',
  waiting: 3,
}
const withParked = sound.map((report) =>
  report.status.name === 'creator-service' ? { ...report, parked: [parkedKey] } : report,
)

describe('status', () => {
  test('is healthy when everything is ready and nothing is parked', () => {
    expect(statusOf()).toMatchObject({ state: 'healthy', environment: 'local', versions: { anvil: '1.7.1' } })
  })

  test.each([
    ['a service does not answer', { services: services.map((service) => unreachable(service, started, 'gone')) }],
    ['a key is parked', { services: withParked }],
    ['the chain is gone', { chain: { status: { state: 'unreachable', reason: 'gone' }, client: undefined } as const }],
  ])('is troubled when %s', (_, change) => {
    expect(statusOf(change).state).toBe('troubled')
  })

  test('is starting until the runner has said what runs where', () => {
    expect(statusOf({ run: undefined }).state).toBe('starting')
  })

  test('has each topic once, with its publisher and each of its consumers', () => {
    const trades = statusOf().topics.filter(({ name }) => name === 'trades')
    expect(trades).toEqual([
      {
        name: 'trades',
        publisher: 'asset-tokenization',
        events: 1234,
        consumers: [
          { service: 'marketplace-service', lag: 0, parkedKeys: 0 },
          { service: 'analytics-service', lag: 0, parkedKeys: 0 },
        ],
      },
    ])
  })

  test('in plain text names every service, the parked key and the command to let it go on', () => {
    const text = statusText(statusOf({ services: withParked }))
    for (const { name } of services) expect(text).toContain(`  ${name}`)
    expect(text).toContain(`npm run unpark -- creator-service ${parkedKey.id}`)
    expect(text).toContain('head 10')
  })
})

describe('pages', () => {
  const pages = createPages(platform, async () => statusOf({ services: withParked }))
  const get = async (path: string, query = '', acceptLanguage = '') => {
    const answer = await pages(path)?.({ query: new URLSearchParams(query), acceptLanguage })
    return String(answer?.body)
  }

  test('speak Chinese and English, by the address first and the browser second', async () => {
    expect(await get('/', '', 'zh-CN,zh;q=0.9,en;q=0.8')).toContain('运行状态')
    expect(await get('/', 'lang=en', 'zh-CN')).toContain('Something needs attention')
    expect(await get('/docs', 'lang=zh')).toContain('API 文档')
  })

  test('load nothing from anywhere and run nothing but their own script', async () => {
    for (const path of ['/', '/docs', '/errors/order.epoch']) {
      const page = await get(path)
      expect(page.match(/(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?\/\//g)).toBeNull()
      const answer = await pages(path)?.({ query: new URLSearchParams(), acceptLanguage: '' })
      expect(answer?.headers.join()).toContain("default-src 'none'")
    }
  })

  test('show what a service says as text, never as markup', async () => {
    const page = await get('/')
    expect(page).not.toContain('<script>alert')
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).toContain('&lt;b&gt;There is no such work.')
  })

  test('show that the chain is gone, and that a service does not answer, with the reason', () => {
    const lost = statusOf({
      services: services.map((service) => unreachable(service, started, 'connect ECONNREFUSED')),
      chain: { status: { state: 'unreachable', reason: 'no route' }, client: undefined },
    })
    const page = String(statusPage(lost, 'en').body)
    expect(page.match(/connect ECONNREFUSED/g)).toHaveLength(services.length)
    expect(page).toContain('no route')
  })

  test('describe every declared route and lead each of its error codes to a page', async () => {
    const page = await get('/docs')
    for (const service of services)
      for (const [name, { access }] of Object.entries(service.routes))
        expect(page.includes(`id="${name}"`)).toBe(access !== 'internal')
    for (const [, code = ''] of page.matchAll(/href="\/errors\/([^"]+)"/g))
      expect(pages(`/errors/${code}`)).toBeDefined()
  })

  test('are not there under other names', () => {
    for (const path of ['/errors/no.such', '/errors/constructor', '/constructor', '/index.html'])
      expect(pages(path)).toBeUndefined()
  })
})

test.each([
  ['', '', 'en'],
  ['', 'fr,de;q=0.9', 'en'],
  ['', 'fr,zh-TW;q=0.5,en;q=0.4', 'zh'],
  ['', 'en-GB,zh;q=0.9', 'en'],
  ['', 'zh;q=0,en;q=0.1', 'en'],
  ['lang=zh', 'en', 'zh'],
  ['lang=xx', 'zh', 'zh'],
])('chooses the language for "%s" and "%s": %s', (query, accepted, expected) => {
  expect(chooseLanguage(new URLSearchParams(query), accepted)).toBe(expected)
})
