import { privateKeyToAddress } from 'viem/accounts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Declared } from '../ports.ts'
import { enqueue } from '../relay/request-store.ts'
import { type Deployed, deploy } from '../testing/deployed.ts'
import { openProcess } from '../testing/process.ts'
import { openServiceDatabase, type ServiceDatabase } from '../testing/service-database.ts'
import { mintRequest } from '../testing/works.ts'

let chain: Deployed
let service: ServiceDatabase
beforeAll(async () => {
  chain = await deploy(32)
  service = await openServiceDatabase(chain)
})
afterAll(async () => {
  await service?.close()
  await chain?.anvil.stop()
})
beforeEach(() => service.empty())

type Gauge = keyof Declared['gauges']
const read = (gauge: Gauge, now = new Date()) => {
  service.clock.now = now
  return service.measure(gauge)
}
const valuesOf = async (gauge: Gauge, now?: Date) => (await read(gauge, now)).map(({ value }) => value)

test('before the first block nothing is said of the chain, and nothing waits', async () => {
  expect(await read('chainHeadAgeSeconds')).toEqual([])
  expect(await read('chainUnfinalizedBlocks')).toEqual([])
  expect(await valuesOf('relayWaitingRequests')).toEqual([0, 0, 0, 0, 0, 0])
  expect(await valuesOf('relayLongestWaitSeconds')).toEqual([0, 0])
})

test('a mint counts as queued from when it is asked for until it is in a block', async () => {
  const asked = new Date()
  const payload = await mintRequest(chain, await chain.account())
  await service.db.transaction((tx) => enqueue(tx, [{ work: 'mint', payload }], asked))
  expect((await read('relayWaitingRequests')).filter(({ value }) => value > 0)).toEqual([
    { labels: { work: 'mint', state: 'queued' }, value: 1 },
  ])
  expect(await read('relayLongestWaitSeconds', new Date(asked.getTime() + 75_000))).toEqual([
    { labels: { work: 'mint' }, value: 75 },
    { labels: { work: 'settlement' }, value: 0 },
  ])
  await (await openProcess(chain, service).start()).settle()
  expect((await read('relayWaitingRequests')).filter(({ value }) => value > 0)).toEqual([])
})

test('a signed mint still waits', async () => {
  const payload = await mintRequest(chain, await chain.account())
  await service.db.transaction((tx) => enqueue(tx, [{ work: 'mint', payload }], new Date()))
  await service.db.query(
    `INSERT INTO relay_signer VALUES ('0x1', 1, gen_random_uuid(), 1, now());
     INSERT INTO relay_transaction (signer, nonce, purpose, to_address, data, gas, state)
       VALUES ('0x1', 0, 'mint', '0x2', '0x', 21000, 'sent');
     UPDATE relay_request SET state = 'sent', transaction_id = (SELECT id FROM relay_transaction)`,
  )
  expect((await read('relayWaitingRequests')).filter(({ value }) => value > 0)).toEqual([
    { labels: { work: 'mint', state: 'sent' }, value: 1 },
  ])
})

test('the head is as old as the newest applied block, and everything above the finalized one is unfinal', async () => {
  const { chainId } = chain.contracts
  const made = new Date('2026-01-01T00:00:00Z')
  await service.db.query("INSERT INTO block VALUES (9, '0x9', '0x8', $1)", [new Date(made.getTime() - 12_000)])
  await service.db.query("INSERT INTO block VALUES (10, '0xa', '0x9', $1)", [made])
  await service.db.query("INSERT INTO chain_cursor VALUES ($1, 10, '0xa', 5, 3)", [chainId])
  expect(await valuesOf('chainHeadAgeSeconds', new Date(made.getTime() + 30_500))).toEqual([30.5])
  expect(await valuesOf('chainUnfinalizedBlocks')).toEqual([7])
})

test('the balance of the relayer is what the chain says', async () => {
  const balance = await chain.client.getBalance({ address: privateKeyToAddress(chain.relayerKey) })
  expect(balance).toBeGreaterThan(0n)
  expect(await valuesOf('relayerBalanceWei')).toEqual([Number(balance)])
})
