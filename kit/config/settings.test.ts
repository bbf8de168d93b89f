import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { Fault, route, service, topic, variableOf } from '@knowton/core'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { parseSettings } from './settings.ts'

const heard = topic({
  name: 'heard',
  version: 1,
  summary: 'Heard.',
  payload: z.object({}),
  key: () => '',
  partitions: 1,
  retentionDays: 1,
})
const declared = service({
  name: 'sample',
  summary: 'A sample.',
  routes: {
    me: route({ method: 'GET', path: '/me', summary: 'Me.', access: 'user', output: z.object({}), errors: [] }),
  },
  publishes: {},
  consumes: { heard },
  stores: { db: { kind: 'postgres', summary: 'State.' }, workFiles: { kind: 'files', summary: 'Files.' } },
  chain: false,
  config: { pollMs: z.coerce.number().int().default(250), chainRpcUrl: z.url() },
  secrets: { relayerKey: z.string().regex(/^0x[0-9a-f]{4}$/) },
  size: 'small',
  pool: 'general-purpose',
  instances: 'many',
  needs: [],
})

const pemOf = (curve: string) =>
  generateKeyPairSync('ec', { namedCurve: curve }).publicKey.export({ type: 'spki', format: 'pem' }).toString()
const sources = [{ publisher: 'other', url: 'postgres://h/other', topics: ['heard'] }]
const right = {
  PORT: '8080',
  STORE_DB_URL: 'postgres://h/db',
  STORE_WORK_FILES_URL: 'file:///tmp/files',
  EVENT_SOURCES: JSON.stringify(sources),
  ACCESS_TOKEN_PUBLIC_KEY: pemOf('P-256'),
  CHAIN_RPC_URL: 'http://127.0.0.1:8545',
  RELAYER_KEY: '0xabcd',
}
const faultOf = (environment: Readonly<Record<string, string>>): string => {
  try {
    parseSettings(declared, environment)
  } catch (error) {
    if (error instanceof Fault && error.code === 'config.invalid') return error.message
    throw error
  }
  return ''
}

test('reads what the declaration asks for and fills in defaults', () => {
  const settings = parseSettings(declared, right)
  expect(settings).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    logLevel: 'info',
    otlpEndpoint: undefined,
    storeUrls: { db: 'postgres://h/db', workFiles: 'file:///tmp/files' },
    eventSources: sources,
    config: { pollMs: 250, chainRpcUrl: 'http://127.0.0.1:8545' },
  })
  expect(settings.secrets.relayerKey?.reveal()).toBe('0xabcd')
})

test('a secret never prints', () => {
  const { secrets } = parseSettings(declared, right)
  expect(`${secrets.relayerKey}${JSON.stringify(secrets)}${inspect(secrets)}`).not.toContain('abcd')
})

test('names all faults at once, and no value of a secret', () => {
  const message = faultOf({ PORT: '99999', RELAYER_KEY: 'hunter2', CHAIN_RPC_URL: 'nowhere' })
  for (const variable of [
    'PORT',
    'STORE_DB_URL',
    'STORE_WORK_FILES_URL',
    'EVENT_SOURCES',
    'ACCESS_TOKEN_PUBLIC_KEY',
    'CHAIN_RPC_URL',
    'RELAYER_KEY',
  ]) {
    expect(message).toContain(`\n  ${variable} `)
  }
  expect(message).not.toContain('hunter2')
})

test('an empty variable counts as missing', () => {
  expect(faultOf({ ...right, RELAYER_KEY: '' })).toContain('RELAYER_KEY is missing')
})

test('a key of another curve is no key for access tokens; line breaks may be escaped', () => {
  expect(faultOf({ ...right, ACCESS_TOKEN_PUBLIC_KEY: pemOf('P-384') })).toContain('must be a P-256 public key')
  expect(faultOf({ ...right, ACCESS_TOKEN_PUBLIC_KEY: 'x' })).toContain('must be a P-256 public key')
  expect(faultOf({ ...right, ACCESS_TOKEN_PUBLIC_KEY: right.ACCESS_TOKEN_PUBLIC_KEY.replaceAll('\n', '\\n') })).toBe('')
})

test('each consumed topic has exactly one publisher', () => {
  expect(faultOf({ ...right, EVENT_SOURCES: '[]' })).toContain('names 0 publishers of the topic "heard"')
  expect(faultOf({ ...right, EVENT_SOURCES: JSON.stringify([...sources, ...sources]) })).toContain('names 2 publishers')
  expect(faultOf({ ...right, EVENT_SOURCES: 'x' })).toContain('must be a JSON list')
})

test('settings become variables word by word', () => {
  expect(['chainRpcUrl', 'maxFeePerGasWei', 'port', 'otelExporterOtlpEndpoint'].map(variableOf)).toEqual([
    'CHAIN_RPC_URL',
    'MAX_FEE_PER_GAS_WEI',
    'PORT',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ])
})
